package runtime

// Result is what a command did.
type Result struct {
	Aggregate, AggregateID string
	First, Last            uint64 // sequences of its events; 0 if it stored nothing
	Position               uint64 // of the last of them in the whole log, for WaitFor; 0 if it stored nothing
	Duplicate              bool   // the command was done before; the rest is as it was then
	State                  any    // the aggregate's state right after it, as a value
}
