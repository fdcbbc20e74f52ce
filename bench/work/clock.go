package work

import (
	"runtime"
	"time"
)

// Clock measures what is between Start and Stop: time, and what the whole process allocates. A job may stop it
// to make ready what the work uses up.
type Clock struct {
	Elapsed   time.Duration // by the clock on the wall
	Processor time.Duration // what the process used of all processors
	Allocs    uint64
	Bytes     uint64

	began  time.Time
	used   time.Duration
	before runtime.MemStats
	after  runtime.MemStats
}

// Start begins, or goes on.
func (c *Clock) Start() {
	runtime.ReadMemStats(&c.before)
	c.used = processorTime()
	c.began = time.Now()
}

// Stop pauses.
func (c *Clock) Stop() {
	c.Elapsed += time.Since(c.began)
	c.Processor += processorTime() - c.used
	runtime.ReadMemStats(&c.after)
	c.Allocs += c.after.Mallocs - c.before.Mallocs
	c.Bytes += c.after.TotalAlloc - c.before.TotalAlloc
}

// time is what counts for a workload.
func (c *Clock) time(w *Workload) time.Duration {
	if w.Alone {
		return c.Processor
	}
	return c.Elapsed
}
