package check

import "github.com/fluvius-io/fluvius-go/dsl/model"

// fits is the one rule of what may stand where a type is expected: the same type; T for T?; int for decimal; a
// base for its named scalar, and back. It goes through a `?`, since that adds nothing but none, but not into
// lists and maps, which would have to be made anew.
func fits(from, to model.Type) bool {
	switch {
	case isInvalid(from), isInvalid(to), model.Identical(from, to):
		return true
	case isOptional(to):
		return fits(plain(from), plain(to))
	case isOptional(from), isNamed(from) && isNamed(to):
		return false
	case isNamed(from), isNamed(to):
		return fits(base(from), base(to))
	}
	return kindOf(from) == model.Int && kindOf(to) == model.Decimal
}

// convert is x as a value of to, with all that happens on the way as nodes, and whether it fits. With upcasts
// it also goes through the upcasts of value types: step by step, item by item, inside `?`. The upcasts must be
// linked to their types by then; their own fields may still be missing.
func (c *checker) convert(x model.Expr, to model.Type, upcasts bool) (model.Expr, bool) {
	if y, ok := fit(x, to); ok || !upcasts {
		return y, ok
	}
	return upcast(x, to)
}

// fit is x as a value of to, by the rule of fits.
func fit(x model.Expr, to model.Type) (model.Expr, bool) {
	from := x.Type()
	switch {
	case isInvalid(from), model.Identical(from, to):
		return x, true
	case isInvalid(to):
		return invalid(x.Where()), true
	case !fits(from, to) && !isNone(x):
		return x, false
	case isOptional(to):
		return fitOptional(x, to)
	case isNamed(from):
		return fit(wrap(model.ToBase, x, base(from)), to)
	case isNamed(to):
		y, ok := fit(x, base(to))
		return wrap(model.ToNamed, y, to), ok
	case isNone(x):
		return x, false
	}
	return intToDecimal(x), true
}

func fitOptional(x model.Expr, to model.Type) (model.Expr, bool) {
	if isNone(x) {
		return &model.None{Base: model.Base{T: to, Span: x.Where()}}, true
	}
	if whole := unguarded(x); isOptional(whole.Type()) {
		return eachItem(model.InOptional, whole, to, plain(whole.Type()), plain(to), fit)
	}
	y, ok := fit(x, plain(to))
	return wrap(model.ToOptional, y, to), ok
}

// unguarded is the optional value behind one that a guard showed to be there; else x itself. Where a T? is
// expected, it may be handed on without looking.
func unguarded(x model.Expr) model.Expr {
	switch x := x.(type) {
	case *model.Unwrap:
		return x.X
	case *model.Index:
		if x.Guarded {
			whole := *x
			whole.Guarded, whole.T = false, optional(x.T)
			return &whole
		}
	}
	return x
}

// eachItem converts what is in an optional, a list or a map.
func eachItem(kind model.ConvertKind, x model.Expr, to, fromItem, toItem model.Type,
	convert func(model.Expr, model.Type) (model.Expr, bool),
) (model.Expr, bool) {
	if model.Identical(x.Type(), to) {
		return x, true
	}
	elem := &model.Elem{Base: model.Base{T: fromItem, Span: x.Where()}}
	item, ok := convert(elem, toItem)
	if !ok {
		return x, false
	}
	return &model.Convert{Base: model.Base{T: to, Span: x.Where()}, Kind: kind, X: x, Item: item, Elem: elem}, true
}

func wrap(kind model.ConvertKind, x model.Expr, to model.Type) model.Expr {
	return &model.Convert{Base: model.Base{T: to, Span: x.Where()}, Kind: kind, X: x}
}

// intToDecimal converts a literal at once, so that `price * 2` has no conversion in it.
func intToDecimal(x model.Expr) model.Expr {
	if n, ok := intValue(x); ok {
		return decimalLiteral(formatInt(n), x.Where())
	}
	return wrap(model.IntToDecimal, x, decimalType)
}

// toBase is x as an operator takes it.
func toBase(x model.Expr) model.Expr {
	if isNamed(x.Type()) {
		return wrap(model.ToBase, x, base(x.Type()))
	}
	return x
}

func isNone(x model.Expr) bool {
	_, ok := x.(*model.None)
	return ok
}

// upcast is x as a value of to through the upcasts of value types.
func upcast(x model.Expr, to model.Type) (model.Expr, bool) {
	if y, ok := fit(x, to); ok {
		return y, true
	}
	switch from := x.Type().(type) {
	case *model.List:
		if to, ok := to.(*model.List); ok {
			return eachItem(model.InList, x, to, from.Elem, to.Elem, upcast)
		}
	case *model.Map:
		if to, ok := to.(*model.Map); ok && model.Identical(from.Key, to.Key) {
			return eachItem(model.InMap, x, to, from.Elem, to.Elem, upcast)
		}
	case *model.Optional:
		if to, ok := to.(*model.Optional); ok {
			return eachItem(model.InOptional, x, to, from.Elem, to.Elem, upcast)
		}
		return x, false
	case *model.Struct, *model.Scalar:
		if !isOptional(to) {
			return upcastSteps(x, to)
		}
	}
	if isOptional(to) {
		y, ok := upcast(x, plain(to))
		return wrap(model.ToOptional, y, to), ok
	}
	return x, false
}

// upcastSteps goes from version to version of one type.
func upcastSteps(x model.Expr, to model.Type) (model.Expr, bool) {
	name, version := versionOf(x.Type())
	if wanted, last := versionOf(to); wanted != name || last < version {
		return x, false
	}
	for !model.Identical(x.Type(), to) {
		step := stepOf(x.Type())
		if step == nil || step.To == nil {
			return x, false
		}
		x = &model.Convert{Base: model.Base{T: step.To, Span: x.Where()}, Kind: model.UpcastType, X: x, Upcast: step}
	}
	return x, true
}

func versionOf(t model.Type) (string, int) {
	switch t := t.(type) {
	case *model.Struct:
		return t.Name, t.Version
	case *model.Scalar:
		return t.Name, t.Version
	}
	return "", 0
}

func stepOf(t model.Type) *model.TypeUpcast {
	switch t := t.(type) {
	case *model.Struct:
		return t.Upcast
	case *model.Scalar:
		return t.Upcast
	}
	return nil
}

// common is the type that values of a and of b both fit, for branches, items and operands; false if there is
// none. A named scalar beside its base becomes the base, which promises less.
func common(a, b model.Type) (model.Type, bool) {
	switch {
	case isInvalid(a), isInvalid(b):
		return invalidType, true
	case model.Identical(a, b):
		return a, true
	case isOptional(a), isOptional(b):
		t, ok := common(plain(a), plain(b))
		return optional(t), ok
	case isNamed(a) && isNamed(b):
		return nil, false
	case isNamed(a), isNamed(b):
		return common(base(a), base(b))
	case fits(a, b):
		return b, true
	}
	return a, fits(b, a)
}
