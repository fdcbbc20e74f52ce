package main

import (
	"errors"
	"os"
	"runtime"
	"runtime/pprof"
)

// profiling begins the profiles that were asked for. stop writes them.
func (o *options) profiling() (stop func() error, err error) {
	if o.memory != "" {
		runtime.MemProfileRate = 64
	}
	var cpu *os.File
	if o.cpu != "" {
		if cpu, err = os.Create(o.cpu); err != nil {
			return nil, err
		}
		if err := pprof.StartCPUProfile(cpu); err != nil {
			return nil, errors.Join(err, cpu.Close())
		}
	}
	return func() error {
		if cpu != nil {
			pprof.StopCPUProfile()
			err = cpu.Close()
		}
		if o.memory == "" {
			return err
		}
		return errors.Join(err, writeAllocations(o.memory))
	}, nil
}

func writeAllocations(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(pprof.Lookup("allocs").WriteTo(f, 0), f.Close())
}
