package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/fluvius-io/fluvius-go/bench/work"
)

// about is on what was measured, a line each.
func about(set work.Settings) []string {
	return []string{
		fmt.Sprintf("%s, %s/%s, %d of %d processors: %s", runtime.Version(), runtime.GOOS, runtime.GOARCH,
			runtime.GOMAXPROCS(0), runtime.NumCPU(), processor()),
		"libraries: " + strings.Join(libraries(), ", "),
		fmt.Sprintf("up to %d rounds, in each every rival for about %v, by turns (disks: fewer and longer); medians", set.Rounds, set.Slice),
		"a synchronous append of 512 bytes to a file there: " + disk(set.Dir),
		"loads at the start (1, 5, 15 minutes): " + loads(),
	}
}

func processor() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return "unknown"
	}
	for line := range strings.Lines(string(text)) {
		if name, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "unknown"
}

func loads() string {
	text, err := os.ReadFile("/proc/loadavg")
	if fields := strings.Fields(string(text)); err == nil && len(fields) >= 3 {
		return strings.Join(fields[:3], " ")
	}
	return "unknown"
}

// libraries are those whose speed is in the table.
func libraries() (all []string) {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return []string{"unknown"}
	}
	wanted := []string{"zombiezen.com/go/sqlite", "modernc.org/sqlite", "ThreeDotsLabs/watermill", "shopspring/decimal", "participle", "jennifer"}
	for _, dep := range info.Deps {
		if slices.ContainsFunc(wanted, func(w string) bool { return strings.Contains(dep.Path, w) }) {
			all = append(all, strings.TrimPrefix(dep.Path, "github.com/")+" "+dep.Version)
		}
	}
	return all
}

// disk is what one durable write costs, without any database.
func disk(dir string) string {
	f, err := os.Create(filepath.Join(dir, "disk"))
	if err != nil {
		return err.Error()
	}
	defer f.Close()
	var took []time.Duration
	for range 100 {
		begin := time.Now()
		if _, err := f.Write(make([]byte, 512)); err != nil {
			return err.Error()
		}
		if err := f.Sync(); err != nil {
			return err.Error()
		}
		took = append(took, time.Since(begin))
	}
	slices.Sort(took)
	return fmt.Sprintf("median %v, nine in ten below %v", took[50].Round(time.Microsecond), took[90].Round(time.Microsecond))
}
