package eval

import (
	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/runtime/value"
)

// CheckConstant says what is wrong with a constant of the domain as a value of type t: an InvalidError with the path of
// the first part that its `where` does not hold for; nil if nothing is.
func (d *Domain) CheckConstant(x model.Expr, t model.Type) (err error) {
	defer catch(&err)
	r := d.start()
	return invalid(value.Fault(writer{run: r, wheres: true}.value(nil, t, r.constant(x))))
}
