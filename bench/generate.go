// Package bench is the benchmarks of the project and its peers. `make bench` at the project's root prints the
// table, docs/performance.md explains it.
package bench

//go:generate go -C .. run ./cmd/fluvgen generate -o bench/gen bench/domains/bank.fluv bench/domains/cargo.fluv
