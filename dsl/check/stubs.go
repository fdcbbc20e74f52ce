package check

// run is filled in by the passes.
func (c *checker) run() {}

type facts struct{}
