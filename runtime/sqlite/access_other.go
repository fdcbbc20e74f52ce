//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package sqlite

// mayWrite leaves it to the engine to find out, where the system cannot be asked.
func mayWrite(string) bool { return true }
