//go:build !unix

package work

import "time"

var start = time.Now()

// processorTime is the time of the clock where the system is not asked for the other.
func processorTime() time.Duration { return time.Since(start) }
