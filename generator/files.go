package generator

import (
	"fmt"

	"github.com/dave/jennifer/jen"

	"github.com/fluvius-io/fluvius-go/dsl/model"
)

// part is a run of declarations that stays in one file; weight is about how many lines it has.
type part struct {
	weight int
	emit   func() jen.Code
}

// An aggregate of about smallAggregate lines is one file; a larger one is cut into files of up to about largeFile.
const (
	smallAggregate = 550
	largeFile      = 450
)

// jobs are the files of the package, in order of their names but for the tests, which come last.
func (p *plan) jobs() []job {
	jobs := append(p.domainJobs(), p.cut(p.types, p.typeParts())...)
	for _, a := range p.domain.Aggregates {
		jobs = append(jobs, p.aggregateJobs(a)...)
	}
	return append(jobs, p.testJobs()...)
}

func (p *plan) aggregateJobs(a *model.Aggregate) []job {
	state, events := p.aggregateParts(a), p.eventParts(a)
	name := p.files[a]
	if total(state)+total(events) <= smallAggregate {
		return []job{p.partsJob(name+".go", append(state, events...))}
	}
	return append(p.cut(name, state), p.cut(name+"_events", events)...)
}

func total(parts []part) int {
	n := 0
	for _, part := range parts {
		n += part.weight
	}
	return n
}

// cut spreads parts evenly over as few files as will do: name.go, name_2.go, …
func (p *plan) cut(name string, parts []part) []job {
	files := max(1, (total(parts)+largeFile-1)/largeFile)
	share := total(parts)/files + 1
	var jobs []job
	for len(parts) > 0 {
		n, weight := 0, 0
		for n < len(parts) && (n == 0 || weight+parts[n].weight/2 <= share) {
			weight += parts[n].weight
			n++
		}
		file := name + ".go"
		if len(jobs) > 0 {
			file = fmt.Sprintf("%s_%d.go", name, len(jobs)+1)
		}
		jobs = append(jobs, p.partsJob(file, parts[:n]))
		parts = parts[n:]
	}
	return jobs
}

func (p *plan) partsJob(name string, parts []part) job {
	return job{name, func() *jen.File {
		f := p.file()
		for _, part := range parts {
			f.Add(decls(part.emit()))
		}
		return f
	}}
}
