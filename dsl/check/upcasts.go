package check

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// checkUpcasts gives every older version of an aggregate's events its way to the next one.
func (c *checker) checkUpcasts(a *aggregate) {
	c.linkUpcasts(a)
	for _, e := range a.events {
		markDropped(e)
		for i, v := range e.versions {
			switch {
			case v.model.Version <= e.model.Dropped:
				c.dropVersion(e, i)
			case i+1 < len(e.versions) && e.versions[i+1].model.Version == v.model.Version+1: // else a hole, reported
				c.upcastEvent(v, e.versions[i+1])
			}
		}
	}
}

// markDropped finds the last version that leads to nothing: those before it lead there too.
func markDropped(e *event) {
	for _, v := range e.versions {
		if v.upcast != nil && v.upcast.Nothing {
			e.model.Dropped = v.model.Version
		}
	}
}

// linkUpcasts finds the versions that upcasts are about. What is wrong with an upcast is told once it is known which
// steps the others take.
func (c *checker) linkUpcasts(a *aggregate) {
	var wrong []*syntax.Upcast
	for _, decl := range a.upcasts {
		if !c.linkUpcast(a, decl) {
			wrong = append(wrong, decl)
		}
	}
	for _, decl := range wrong {
		c.wrongUpcast(a, decl)
	}
}

// linkUpcast ties an upcast to the version that it begins with, unless something is wrong with it.
func (c *checker) linkUpcast(a *aggregate, decl *syntax.Upcast) bool {
	e := c.declared.events[decl.Key.Name.Name]
	if e == nil || e.agg != a {
		return false
	}
	from := e.version(versionNumber(decl.Key))
	switch {
	case from == nil || from.upcast != nil:
		return false
	case !decl.Nothing && decl.To == nil: // broken, and reported by the parser
		return true
	case !decl.Nothing && (decl.To.Value != from.model.Version+1 || e.version(decl.To.Value) == nil):
		return false
	}
	from.upcast = decl
	return true
}

// wrongUpcast reports what is wrong with an upcast, and of which step nothing else is said therefore.
func (c *checker) wrongUpcast(a *aggregate, decl *syntax.Upcast) {
	from, to := versionNumber(decl.Key), 0
	if decl.To != nil {
		to = decl.To.Value
	}
	e := c.eventNamed(a, decl.Key.Name)
	if e == nil {
		if near, ok := source.Nearest(decl.Key.Name.Name, a.keys()); ok {
			eventLadder(c.declared.events[near]).claim(from, to)
		}
		return
	}
	l := eventLadder(e)
	switch v := e.version(from); {
	case v == nil && decl.Key.Version == nil: // a hole, reported
	case !decl.Nothing && decl.To == nil: // broken, and reported by the parser
	case e.forgot(from), e.forgot(to): // probably the one that is declared twice
	case v == nil:
		c.noVersion(e, decl.Key.Version, l.otherStep(l.claim(from, to), declareVersion(e, decl.Key.Version)))
	case !decl.Nothing && decl.To.Value != from+1:
		c.wrongStep(l, from, decl.To)
	case !decl.Nothing && e.version(to) == nil:
		c.noVersion(e, decl.To, l.otherStep(l.claim(from, to), declareVersion(e, decl.To)))
	default:
		c.upcastTwice(l, decl.Key.Name, from, v.upcast.Key.Name.Span)
	}
}

func (c *checker) upcastEvent(v, next *eventVersion) {
	u := &model.Upcast{From: v.model, To: next.model, Span: next.model.Span}
	v.model.Upcast = u
	if v.upcast != nil {
		u.Span = v.upcast.Span
	}
	if v.upcast != nil && v.upcast.ByHand {
		u.ByHand = true
		return
	}
	step := c.eventStep(v, next)
	step.lenient = v.misled || v.of.doubles > 0
	u.Fields = c.fillStep(step)
}

// dropVersion leads a version to nothing, also one whose own upcast leads to a version that is dropped: nothing is
// asked of its fields then, but what was written is checked.
func (c *checker) dropVersion(e *event, i int) {
	v := e.versions[i]
	v.model.Upcast = &model.Upcast{From: v.model, Nothing: true, Span: v.model.Span}
	if v.upcast != nil {
		v.model.Upcast.Span = v.upcast.Span
	}
	if i+1 < len(e.versions) && v.upcast != nil && !v.upcast.Nothing {
		step := c.eventStep(v, e.versions[i+1])
		step.lenient = true
		c.fillStep(step)
	}
}

// step is one upcast of an event or of a value type with fields.
type step struct {
	from, to  string // "user-created@1"
	given     []*syntax.FieldExpr
	scope     *scope
	old, new  []*model.Field
	at        source.Span // the name of the newer one
	oldAt     source.Span
	written   bool // there is an upcast block
	lenient   bool
	readOld   func(field *model.Field, at source.Span) model.Expr
	newBase   model.Type // of a scalar; nil for what has fields
	pasteHead string     // what an upcast of it begins with
}

func (c *checker) eventStep(v, next *eventVersion) *step {
	key := v.of.key
	st := &step{
		from: versioned(key, v.model.Version), to: versioned(key, next.model.Version),
		old: v.model.Fields, new: next.model.Fields, at: next.model.Span, oldAt: v.model.Span, readOld: getOld,
		pasteHead: fmt.Sprintf("upcast %s@%d -> @%d", key, v.model.Version, next.model.Version),
	}
	st.scope = upcastScope()
	st.scope.bind("old", object("the older version", v.model.Fields, model.OldField, "the field"))
	st.scope.bind("timestamp", builtin("the timestamp of the stored event", model.Timestamp, timeType))
	st.scope.bind("metadata", builtin("the metadata of the stored event", model.Metadata, mapOfStrings))
	if v.upcast != nil {
		st.given, st.written = asFields(v.upcast.Fields), true
	}
	return st
}

// upcastScope bars what an upcast cannot read. A clock would read an old event differently every time.
func upcastScope() *scope {
	s := newScope(nil)
	for _, name := range []string{"now", "actor", "id", "state", "event", "exists"} {
		s.bind(name, &binding{barred: "an upcast knows only the stored event", mend: "read a field of old, or timestamp or metadata"})
	}
	return s
}

func versioned(name string, version int) string { return name + "@" + strconv.Itoa(version) }

func getOld(field *model.Field, at source.Span) model.Expr {
	return &model.Get{Base: model.Base{T: field.Type, Span: at}, From: model.OldField, Field: field}
}

// asFields is `field = expr` as the `field: expr` that it means.
func asFields(assigns []*syntax.Assign) []*syntax.FieldExpr {
	fields := make([]*syntax.FieldExpr, 0, len(assigns))
	for _, assign := range assigns {
		fields = append(fields, &syntax.FieldExpr{Name: assign.Name, Value: assign.Value})
	}
	return fields
}

// fillStep gives each field of the newer version its value: what was written, else what carries over, else its
// default or none. A field that is there in both and does not fit must be written, even if it has a default: to
// drop what was stored is a decision.
func (c *checker) fillStep(st *step) []*model.FieldInit {
	given := c.record(st.scope, st.at, st.given, st.new, st.to)
	var fields []*model.FieldInit
	var missing, changed []*model.Field
	for _, field := range st.new {
		init := given[field.Name]
		old := fieldNamed(st.old, field.Name)
		switch {
		case init != nil:
		case old != nil:
			value, ok := c.convert(st.readOld(old, st.at), field.Type, true)
			if !ok {
				changed = append(changed, field)
			}
			init = &model.FieldInit{Field: field, Value: value, Implicit: true}
		default:
			init = c.filled(field, st.at)
		}
		if init == nil {
			missing = append(missing, field)
			continue
		}
		fields = append(fields, init)
	}
	if !st.lenient && !anyUnknown(st.given, st.new) {
		c.reportStep(st, missing, changed)
	}
	return fields
}

// reportStep reports, at the name of the newer version, what an older one does not tell.
func (c *checker) reportStep(st *step, missing, changed []*model.Field) {
	if len(missing)+len(changed) == 0 {
		return
	}
	var reasons []string
	for _, field := range missing {
		reasons = append(reasons, field.Name+" is new")
	}
	for _, field := range changed {
		old := fieldNamed(st.old, field.Name)
		reasons = append(reasons, fmt.Sprintf("%s was %s and is %s", field.Name, typeName(old.Type), st.newName(field)))
	}
	what := "there is no upcast from " + st.from + " that says what becomes of it"
	if st.written {
		what = "the upcast from " + st.from + " does not say what becomes of it"
	}
	d := source.New(codeUpcastMissing, st.at, "%s: %s", strings.Join(reasons, ", "), what)
	d.Related = related(st.oldAt, st.from+" is declared here")
	d.Mend = st.paste(append(missing, changed...))
	c.report(d)
}

// newName is the new type of a field, for a message. That of a scalar is its base: both versions have one name.
func (st *step) newName(field *model.Field) string {
	if st.newBase != nil {
		return typeName(st.newBase)
	}
	return typeName(field.Type)
}

// paste is the upcast to write.
func (st *step) paste(fields []*model.Field) string {
	var lines strings.Builder
	lines.WriteString("add this and say what is right:\n")
	if st.written {
		lines.Reset()
		lines.WriteString("add to it and say what is right:\n")
	} else {
		lines.WriteString(st.pasteHead + " {\n")
	}
	for _, field := range fields {
		lines.WriteString("    " + field.Name + " = " + sample(field.Type) + "\n")
	}
	if !st.written {
		lines.WriteString("}")
	}
	return strings.TrimRight(lines.String(), "\n")
}

// sample is a value of a type as one would write it.
func sample(t model.Type) string {
	switch t := t.(type) {
	case *model.Basic:
		if text, ok := sampleBasic[t.Kind]; ok {
			return text
		}
	case *model.Scalar:
		return sample(t.Base)
	case *model.ID:
		return `""`
	case *model.Optional:
		return "none"
	case *model.List:
		return "[]"
	case *model.Map:
		return "{}"
	case *model.Enum:
		if len(t.Values) > 0 {
			return t.Values[0].Name
		}
	}
	return "…"
}

var sampleBasic = map[model.Kind]string{
	model.String: `""`, model.Bool: "false", model.Int: "0", model.Float: "0.0", model.Decimal: "0",
	model.Time: "timestamp", model.Duration: "0s",
}
