//go:build linux || darwin || freebsd || netbsd || openbsd

package sqlite

import "syscall"

// mayWrite asks the system whether this process may write the file. It is asked before the engine touches it: that would
// open a read-only file all the same, and leave files next to it that belong to whoever only wanted to look.
func mayWrite(file string) bool {
	const writing = 2 // W_OK
	err := syscall.Access(file, writing)
	return err != syscall.EACCES && err != syscall.EROFS && err != syscall.EPERM
}
