// Package examples holds a domain, the Go package that fluvgen makes of it, and a program that uses it:
//
//	domain.fluv   the shop: users who place orders
//	gen/shop      made by `go generate`
//	shop          the program that `make run` runs
package examples

//go:generate go run ../cmd/fluvgen generate -o gen domain.fluv
