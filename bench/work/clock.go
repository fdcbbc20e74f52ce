package work

import (
	"runtime"
	"time"
)

// Clock measures what is between Start and Stop: time, and what the whole process allocates. A job may stop it
// to make ready what the work uses up.
type Clock struct {
	Elapsed time.Duration
	Allocs  uint64
	Bytes   uint64

	began  time.Time
	before runtime.MemStats
	after  runtime.MemStats
}

// Start begins, or goes on.
func (c *Clock) Start() {
	runtime.ReadMemStats(&c.before)
	c.began = time.Now()
}

// Stop pauses.
func (c *Clock) Stop() {
	c.Elapsed += time.Since(c.began)
	runtime.ReadMemStats(&c.after)
	c.Allocs += c.after.Mallocs - c.before.Mallocs
	c.Bytes += c.after.TotalAlloc - c.before.TotalAlloc
}
