// Package bench is the benchmarks of the project and its peers. `make bench` at the project's root prints the
// table, docs/performance.md explains it.
package bench

//go:generate go run ../cmd/fluvgen generate -o gen domains/bank.fluv domains/cargo.fluv
