// Package soak is a test that runs the example shop in a process that is killed again and again, and then looks
// whether the log and the handlers kept their word: make soak DURATION=1h.
package soak
