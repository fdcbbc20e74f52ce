package eval

import (
	"encoding/json"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/decimals"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// reader reads JSON as values. What it answers after an error is not to be used.
type reader struct {
	run    *run
	json   *value.Reader
	strict bool // a command: defaults of value types stand for what is missing
}

func (r reader) value(t model.Type) Value {
	r.run.enter()
	defer r.run.leave()
	switch t := t.(type) {
	case *model.Optional:
		if r.json.Null() {
			return None{}
		}
		return r.value(t.Elem)
	case *model.Scalar:
		return r.value(t.Base)
	case *model.ID:
		return Text(r.json.Text())
	case *model.Enum:
		return Enum{Of: t, Index: value.ReadEnum[int](r.json, r.run.codecEnum(t))}
	case *model.List:
		return List(value.ReadList(r.json, func(*value.Reader) Value { return r.value(t.Elem) }))
	case *model.Map:
		return Map(value.ReadMap(r.json, r.run.key(t.Key), func(*value.Reader) Value { return r.value(t.Elem) }))
	case *model.Struct:
		return Struct{Of: t, Fields: r.object(t.Fields, r.run.shape(t))}
	case *model.GoType:
		return Foreign{Of: t, JSON: string(value.ReadGo[json.RawMessage](r.json))}
	}
	return r.basic(kindOf(t))
}

func (r reader) basic(k model.Kind) Value {
	switch k {
	case model.Bool:
		return Bool(r.json.Bool())
	case model.Int:
		return Int(r.json.Int())
	case model.Float:
		return Float(r.json.Float())
	case model.Decimal:
		return Decimal{decimals.Read(r.json)}
	case model.Time:
		return Time{r.json.Time()}
	case model.Duration:
		return Duration(r.json.Duration())
	case model.Bytes:
		return Bytes(r.json.Bytes())
	case model.JSON:
		return JSON(r.json.JSON())
	}
	return Text(r.json.Text())
}

// object reads the fields of an object.
func (r reader) object(fields []*model.Field, shape *value.Shape) []Value {
	values := make([]Value, len(fields))
	for i, f := range fields {
		values[i] = None{} // the reader says which of those that must not be missing are
		if r.strict && f.Default != nil {
			values[i] = r.run.constant(f.Default)
		}
	}
	for o := r.json.Object(shape); o.Next(); {
		i := indexOf(fields, o.Name)
		values[i] = r.value(fields[i].Type)
	}
	return values
}

// shape is the shape of a value type, whose fields may have defaults.
func (r *run) shape(t *model.Struct) *value.Shape {
	r.Domain.mu.Lock()
	defer r.Domain.mu.Unlock()
	shape, ok := r.shapes[t]
	if !ok {
		shape = shapeOf(t.Fields, true)
		r.shapes[t] = shape
	}
	return shape
}

// shapeOf is the shape of fields. The defaults of a value type's fields fill in what a command leaves out.
func shapeOf(fields []*model.Field, defaults bool) *value.Shape {
	names := make([]string, len(fields))
	for i, f := range fields {
		names[i] = f.Name
		switch _, optional := f.Type.(*model.Optional); {
		case optional:
			names[i] += "?"
		case defaults && f.Default != nil:
			names[i] += "="
		}
	}
	return value.NewShape(names...)
}

// decode reads the fields of a stored payload.
func (r *run) decode(fields []*model.Field, data string) ([]Value, error) {
	r.room(len(data))
	text := value.NewStoredReader(data)
	values := reader{run: r, json: text}.object(fields, shapeOf(fields, false))
	return values, text.End()
}

// command reads the parameters of an action. One with a default may be missing: it is none then.
func (r *run) command(params []*model.Field, data string) ([]Value, error) {
	r.room(len(data))
	text := value.NewReader(data)
	fields := commandFields(params)
	values := reader{run: r, json: text, strict: true}.object(fields, shapeOf(fields, false))
	if err := text.End(); err != nil {
		return nil, invalid(err)
	}
	return values, nil
}

// commandFields are the parameters as fields of the command: what has a default is optional.
func commandFields(params []*model.Field) []*model.Field {
	fields := make([]*model.Field, len(params))
	for i, p := range params {
		fields[i] = &model.Field{Name: p.Name, Type: p.Type}
		if _, optional := p.Type.(*model.Optional); p.Default != nil && !optional {
			fields[i].Type = &model.Optional{Elem: p.Type}
		}
	}
	return fields
}
