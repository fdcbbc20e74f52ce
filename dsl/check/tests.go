package check

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/fluvius-io/fluvius-go/dsl/model"
	"github.com/fluvius-io/fluvius-go/dsl/source"
	"github.com/fluvius-io/fluvius-go/dsl/syntax"
)

// What a test begins with that says nothing else.
const defaultTestID = "test-1"

var defaultTestNow = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

// example is one test block being checked.
type example struct {
	c     *checker
	agg   *aggregate
	decl  *syntax.Test
	model *model.Test
	scope *scope
}

// checkTests checks the examples of an aggregate.
func (c *checker) checkTests(a *aggregate) {
	named := map[string]source.Span{}
	for _, decl := range a.tests {
		if strings.TrimSpace(decl.Name.Value) == "" {
			d := source.New("FLV0001", decl.Name.Span, "a test needs a name, and this one is empty")
			d.Mend = "write what it shows"
			c.report(d)
		} else if first, twice := named[decl.Name.Value]; twice {
			d := source.New(codeTestTwice, decl.Name.Span, "%s already has a test of that name", a.model.Name)
			d.Mend = renameOne
			d.Related = firstDeclared(first)
			c.report(d)
		} else {
			named[decl.Name.Value] = decl.Name.Span
		}
		t := &model.Test{Aggregate: a.model, Name: decl.Name.Value, ID: defaultTestID, Now: defaultTestNow, Span: decl.Name.Span}
		x := &example{c: c, agg: a, decl: decl, model: t}
		x.surroundings()
		x.givens()
		x.when()
		x.thens()
		a.model.Tests = append(a.model.Tests, t)
	}
}

// surroundings reads the clock, the actor and the id, each said at most once.
func (x *example) surroundings() {
	seen := map[string]source.Span{}
	once := func(what string, at source.Span) bool {
		first, twice := seen[what]
		if twice {
			d := source.New(codeGivenTwice, at, "the %s is given twice", what)
			d.Mend = removeOne
			d.Related = related(first, "first here")
			x.c.report(d)
			return false
		}
		seen[what] = at
		return true
	}
	for _, given := range x.decl.Givens {
		switch {
		case given.Now != nil && once("time", given.Now.Span):
			x.model.Now = given.Now.Value
		case given.Actor != nil && once("actor", given.Actor.Span):
			x.model.Actor = given.Actor.Value
		case given.ID != nil && once("id", given.ID.Span):
			x.model.ID = given.ID.Value
			x.checkID(given.ID)
		}
	}
	x.scope = x.constants()
}

// checkID holds an id to what the runtime takes: 1 to 256 bytes of UTF-8 without control characters.
func (x *example) checkID(id *syntax.Text) {
	if id.Value == "" || len(id.Value) > 256 || !utf8.ValidString(id.Value) || strings.ContainsFunc(id.Value, unicode.IsControl) {
		x.c.mended(`write one, as in given id "order-1"`,
			source.New(codeTestID, id.Span, "this cannot be an id: an id is 1 to 256 bytes of text without control characters"))
	}
}

// constants are what the values of a test can name: its own time, actor and id.
func (x *example) constants() *scope {
	s := newScope(nil)
	literal := func(name, what string, typ model.Type, value any) {
		s.bind(name, &binding{what: what, value: func(at source.Span) model.Expr {
			return &model.Literal{Base: model.Base{T: typ, Span: at}, Value: value}
		}})
	}
	literal("now", "the time of the test", timeType, x.model.Now)
	literal("actor", "the actor of the test", stringType, x.model.Actor)
	literal("id", "the id of the test", stringType, x.model.ID)
	for _, name := range []string{"state", "event", "metadata", "exists"} {
		s.bind(name, &binding{barred: "the values of a test are constants", mend: "write the value itself"})
	}
	return s
}

func (x *example) givens() {
	for _, given := range x.decl.Givens {
		if given.Key == nil {
			continue
		}
		e := x.c.eventNamed(x.agg, given.Key.Name)
		if e == nil {
			x.look(given.Fields)
			continue
		}
		version := x.c.versionNamed(e, given.Key.Version, e.newest())
		if version == nil {
			x.look(given.Fields)
			continue
		}
		x.checkReadable(version, given.Key.Name)
		x.model.Givens = append(x.model.Givens, &model.GivenEvent{
			Version: version.model, Span: given.Span,
			Fields: x.whole(given.Fields, version.model.Fields, writtenName(e.key, *given.Key), given.Key.Name),
		})
	}
}

// look types values of a line that is wrong for another reason.
func (x *example) look(fields []*syntax.FieldExpr) {
	for _, field := range fields {
		x.c.expr(x.scope, field.Value, invalidType)
	}
}

// checkReadable reports an older version that only Go code can read: a test block is run without Go.
func (x *example) checkReadable(version *eventVersion, at syntax.Ident) bool {
	for _, v := range version.of.versions {
		if v.model.Version >= version.model.Version && v.upcast != nil && v.upcast.ByHand && v.model.Version > v.of.model.Dropped {
			d := source.New(codeTestByHand, at.Span, "%s is read by an upcast by hand, which a test block cannot run",
				versioned(v.of.key, version.model.Version))
			d.Related = related(v.upcast.Key.Name.Span, "by hand here")
			d.Mend = "test it in Go, or begin with a newer version"
			x.c.report(d)
			return false
		}
	}
	return true
}

// checkEmitted reports an action that pins a version which only Go code can read: what it emits is folded.
func (x *example) checkEmitted(when *syntax.When, action *model.Action) {
	for _, v := range slices.Concat(action.Creates, action.Emits) {
		e := x.c.eventNamed(x.agg, syntax.Ident{Name: v.Event.Key, Span: when.Action.Span})
		if e != nil && !x.checkReadable(e.version(v.Version), when.Action) {
			return
		}
	}
}

// whole is a record in which every field has a value: what was given, else its default or none.
func (x *example) whole(given []*syntax.FieldExpr, fields []*model.Field, what string, at syntax.Ident) []*model.FieldInit {
	inits := x.c.record(x.scope, at.Span, given, fields, what)
	var all []*model.FieldInit
	var missing []string
	for _, field := range fields {
		init := inits[field.Name]
		if init == nil {
			init = x.c.filled(field, at.Span)
		}
		if init == nil {
			missing = append(missing, field.Name)
			continue
		}
		all = append(all, init)
	}
	if !anyUnknown(given, fields) {
		x.missing(missing, what, at)
	}
	return all
}

func (x *example) missing(names []string, what string, at syntax.Ident) {
	if len(names) > 0 {
		d := source.New(codeEmitMissing, at.Span, "%s needs %s", what, strings.Join(names, ", "))
		d.Mend = "give " + strings.Join(names, ", ")
		x.c.report(d)
	}
}

func (x *example) when() {
	when := x.decl.When
	if when == nil {
		return
	}
	action := x.agg.actionNamed(when.Action.Name)
	if action == nil {
		x.look(when.Fields)
		x.unknownAction(when.Action)
		return
	}
	if action.decl.ByHand {
		d := source.New(codeTestByHand, when.Action.Span, "%s is by hand, which a test block cannot run", action.model.Name)
		d.Related = related(action.decl.Name.Span, "declared here")
		d.Mend = "test it in Go: d." + x.agg.model.Name + ".Decide"
		x.c.report(d)
	} else {
		x.checkEmitted(when, action.model)
	}
	x.model.When = &model.When{Action: action.model, Fields: x.arguments(when, action), Span: when.Span}
}

// arguments has one entry for each parameter. One that has a default and was not given has no value: the action
// takes the default itself, as it does for a command.
func (x *example) arguments(when *syntax.When, action *action) []*model.FieldInit {
	given := x.c.record(x.scope, when.Action.Span, when.Fields, action.model.Params, action.model.Name)
	var all []*model.FieldInit
	var missing []string
	for _, param := range action.model.Params {
		init := given[param.Name]
		switch {
		case init != nil:
		case param.Default != nil:
			init = &model.FieldInit{Field: param, Implicit: true}
		default:
			init = x.c.filled(param, when.Action.Span)
		}
		switch {
		case init != nil:
			all = append(all, init)
		case !slices.Contains(actionParams.reserved, param.Name): // those are reported where they are declared
			missing = append(missing, param.Name)
		}
	}
	if !anyUnknown(when.Fields, action.model.Params) {
		x.missing(missing, action.model.Name, when.Action)
	}
	return all
}

func (x *example) unknownAction(name syntax.Ident) {
	if x.agg.declares(isActionNamed(name.Name)) {
		return
	}
	d := source.New(codeUnknownAction, name.Span, "%s has no action %s", x.agg.model.Name, written(name))
	var names []string
	for _, action := range x.agg.actions {
		names = append(names, action.model.Name)
	}
	for _, a := range x.c.declared.aggregates {
		if other := a.actionNamed(name.Name); other != nil {
			d.Message += ": it is one of " + a.model.Name
			d.Related = related(other.decl.Name.Span, "declared here")
			x.c.report(d)
			return
		}
	}
	suggestOf(&d, name, x.c.kindNamed(written(name)), x.agg.actionsOf(written(name)))
	if d.Mend == "" {
		suggest(&d, name, names)
	}
	if d.Mend == "" {
		d.Mend = itHas(names)
	}
	x.c.report(d)
}

// builtinErrors are what can come of an action besides its own errors.
var builtinErrors = []string{"invalid", "invariant", "overflow", "not-found", "already-exists"}

// thens reads what must come of it. All lines must be able to hold together.
func (x *example) thens() {
	t := &thenLines{example: x, then: &model.Then{Span: x.decl.Span}}
	x.model.Then = t.then
	for _, line := range x.decl.Thens {
		t.line(line)
	}
}

// thenLines remembers which kinds of line were there.
type thenLines struct {
	*example
	then    *model.Then
	event   *syntax.Then
	nothing *syntax.Then
	failure *syntax.Then
	state   *syntax.Then
}

func (t *thenLines) line(line *syntax.Then) {
	at := t.place(line)
	if !line.State && t.decl.When == nil {
		t.c.mended("say what is done: when Action { … }",
			source.New(codeThenNoWhen, at, "nothing is done in this test, so only the state can be compared"))
		return
	}
	switch {
	case line.Key != nil:
		t.against(at, t.nothing, "nothing must come of it")
		t.against(at, t.failure, "the action must fail")
		t.event = line
		t.events(line)
	case line.Nothing:
		t.against(at, t.event, "an event must come of it")
		t.against(at, t.failure, "the action must fail, so that nothing comes of it anyway")
		t.against(at, t.nothing, "nothing must come of it, which is enough")
		t.nothing = line
		t.then.Nothing, t.then.Span = true, at
	case line.Error != nil:
		t.against(at, t.event, "an event must come of it")
		t.against(at, t.nothing, "nothing must come of it, and without an error")
		t.against(at, t.failure, "the action must fail in another way")
		t.failure = line
		t.then.Span = at
		t.failed(line)
	case line.State:
		t.against(at, t.state, "the state is compared there")
		t.state = line
		t.states(line)
	}
}

// place is the word behind `then`.
func (t *thenLines) place(line *syntax.Then) source.Span {
	switch {
	case line.Key != nil:
		return line.Key.Span
	case line.Error != nil:
		return line.Error.Span
	}
	return line.Span
}

func (t *thenLines) against(at source.Span, other *syntax.Then, says string) {
	if other == nil {
		return
	}
	d := source.New(codeThenClash, at, "this does not agree with the line which says that %s", says)
	d.Mend = removeOne
	d.Related = related(t.place(other), "that line")
	t.c.report(d)
}

// events is one event that must have been emitted, in the version in which the action emits it.
func (t *thenLines) events(line *syntax.Then) {
	if t.isError(*line.Key) {
		t.look(line.Fields)
		return
	}
	e := t.c.eventNamed(t.agg, *line.Key)
	if e == nil || t.model.When == nil {
		t.look(line.Fields)
		return
	}
	version := declaredVersion(t.model.When.Action, e.model)
	if version == nil {
		t.look(line.Fields)
		t.neverEmits(line)
		return
	}
	given := t.c.record(t.scope, line.Key.Span, line.Fields, version.Fields, e.key)
	t.then.Events = append(t.then.Events, &model.ThenEvent{Version: version, Fields: inOrder(given, version.Fields), Span: line.Span})
}

// isError reports an error behind a bare `then`, where an event is expected.
func (t *thenLines) isError(key syntax.Ident) bool {
	name := written(key)
	if t.c.declared.events[key.Name] != nil || t.c.errorNamed(name) == nil {
		return false
	}
	d := source.New(codeUnknownEvent, key.Span, "%s has no event %s: %s is an error", t.agg.model.Name, name, name)
	d.Mend = "write error " + name
	d.Edits = []source.Edit{{Span: key.Span, Text: "error " + name}}
	t.c.report(d)
	return true
}

func (t *thenLines) neverEmits(line *syntax.Then) {
	action := t.model.When.Action
	x := t.agg.actionNamed(action.Name)
	if x.broken || len(x.more) > 0 || slices.Contains(x.undeclared, line.Key.Name) {
		return // it may be what was meant in its clauses
	}
	d := source.New(codeThenEvent, line.Key.Span, "%s never emits %s", action.Name, line.Key.Name)
	d.Mend = "expect an event that it declares behind creates or emits"
	d.Related = related(action.Span, "declared here")
	t.c.report(d)
}

// declaredVersion is the version of an event that an action emits, nil if it does not emit it.
func declaredVersion(action *model.Action, e *model.Event) *model.EventVersion {
	for _, version := range slices.Concat(action.Creates, action.Emits) {
		if version.Event == e {
			return version
		}
	}
	return nil
}

// inOrder is what was given, in the order of the fields.
func inOrder(given map[string]*model.FieldInit, fields []*model.Field) []*model.FieldInit {
	inits := []*model.FieldInit{}
	for _, field := range fields {
		if init := given[field.Name]; init != nil {
			inits = append(inits, init)
		}
	}
	return inits
}

// failed is the error that must come of it: one of the aggregate's, or one that every action can give.
func (t *thenLines) failed(line *syntax.Then) {
	name := line.Error.Name
	if slices.Contains(builtinErrors, name) {
		t.then.Kind = name
		if len(line.Fields) > 0 {
			t.look(line.Fields)
			t.c.mended("write then error "+name, source.New(codeThenError, line.Fields[0].Name.Span, "the error %s has no parameters to compare", name))
		}
		return
	}
	if !isPascal(name) {
		t.look(line.Fields)
		t.unknownBuiltin(*line.Error)
		return
	}
	if t.isBuiltin(*line.Error) {
		t.look(line.Fields)
		return
	}
	e := t.c.errorOf(t.agg, *line.Error)
	if e == nil {
		t.look(line.Fields)
		return
	}
	t.then.Error = e.model
	given := t.c.record(t.scope, line.Error.Span, line.Fields, e.model.Params, e.model.Name)
	t.then.Params = inOrder(given, e.model.Params)
}

// isBuiltin reports NotFound for what is not-found, unless the aggregate has an error of that name or one that is near.
func (t *thenLines) isBuiltin(name syntax.Ident) bool {
	var names []string
	for _, e := range t.agg.errors {
		names = append(names, e.model.Name)
	}
	meant := syntax.Ident{Name: kebab(name.Name), Span: name.Span}
	_, near := source.Nearest(name.Name, names)
	if slices.Contains(names, name.Name) || near || t.c.errorNamed(name.Name) != nil {
		return false
	}
	d := source.New(codeUnknownError, name.Span, "%s has no error %s", t.agg.model.Name, written(name))
	if slices.Contains(builtinErrors, meant.Name) {
		d.Mend = "write " + meant.Name
		d.Edits = []source.Edit{{Span: name.Span, Text: meant.Name}}
	} else {
		suggest(&d, meant, builtinErrors)
	}
	if d.Mend == "" {
		return false
	}
	t.c.report(d)
	return true
}

func (t *thenLines) unknownBuiltin(name syntax.Ident) {
	d := source.New(codeThenError, name.Span, "%s is not an error: an action fails with one of its aggregate's errors, or with %s", name.Name, joinOr(builtinErrors))
	suggest(&d, name, builtinErrors)
	t.c.report(d)
}

// states are the fields and derived values of the state to compare.
func (t *thenLines) states(line *syntax.Then) {
	fields := slices.Clone(t.agg.model.State)
	for _, d := range t.agg.derives {
		fields = append(fields, d.field)
	}
	given := t.c.record(t.scope, line.Span, line.Fields, fields, "the state of "+t.agg.model.Name)
	t.then.State = inOrder(given, fields)
}
