package main

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/fluvius-io/fluvius-go/runtime/sqlite"
)

// TestAFullDiskForABackup: the error says so, the exit status is that of unwritable output, and nothing is left behind.
func TestAFullDiskForABackup(t *testing.T) {
	shop, disk := filepath.Join(t.TempDir(), "shop.db"), t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=16k"); err != nil {
		t.Skipf("################ SKIPPED: no disk can be mounted for this test, which needs root (%v) ################", err)
	}
	t.Cleanup(func() { syscall.Unmount(disk, syscall.MNT_DETACH) })
	require.NoError(t, seedFile(shop))
	said, status := fluvius(t, exec.Command("fluvius", "backup", "-store", "sqlite:"+shop, filepath.Join(disk, "copy.db")))
	require.Equal(t, 2, status, said)
	require.Contains(t, said, sqlite.ErrFull.Error())
	left, err := os.ReadDir(disk)
	require.NoError(t, err)
	require.Empty(t, left)
}

// TestNoPermission: root may do all, so it runs the tool as somebody else.
func TestNoPermission(t *testing.T) {
	dir, err := os.MkdirTemp("", "fluvius-")
	require.NoError(t, err)
	t.Cleanup(func() { os.RemoveAll(dir) })
	require.NoError(t, os.Chmod(dir, 0o755))
	for _, name := range []string{"open", "closed"} {
		require.NoError(t, os.Mkdir(filepath.Join(dir, name), 0o755))
	}
	require.NoError(t, os.Chmod(filepath.Join(dir, "open"), 0o777))
	secret, shop := filepath.Join(dir, "open", "secret.db"), filepath.Join(dir, "open", "shop.db")
	for path, mode := range map[string]os.FileMode{secret: 0, shop: 0o666} {
		require.NoError(t, seedFile(path))
		require.NoError(t, os.Chmod(path, mode))
	}
	if os.Geteuid() != 0 {
		require.NoError(t, os.Chmod(filepath.Join(dir, "closed"), 0o555))
	}
	tool := copied(t, dir)
	for _, c := range []struct {
		args   []string
		status int
		says   string
	}{
		{[]string{"log", "-store", "sqlite:" + secret}, 1, "secret.db: it may not be written; the file and its folder must both be writable"},
		{[]string{"backup", "-store", "sqlite:" + shop, filepath.Join(dir, "closed", "copy.db")}, 2, "copy.db: it may not be written"},
		{[]string{"log", "-store", "sqlite:" + shop}, 0, ""},
	} {
		said, status := fluvius(t, asNobody(exec.Command(tool, c.args...)))
		require.Equal(t, c.status, status, "%v: %s", c.args, said)
		require.Contains(t, said, c.says)
		require.False(t, c.status == 0 && said != "", said)
	}
}

// copied is the tool where anybody may run it; the test's own folder is closed to others.
func copied(t *testing.T, dir string) string {
	t.Helper()
	from, err := exec.LookPath("fluvius")
	require.NoError(t, err)
	in, err := os.Open(from)
	require.NoError(t, err)
	defer in.Close()
	out, err := os.OpenFile(filepath.Join(dir, "fluvius"), os.O_CREATE|os.O_WRONLY, 0o755)
	require.NoError(t, err)
	_, err = io.Copy(out, in)
	require.NoError(t, err)
	require.NoError(t, out.Close())
	return out.Name()
}

func asNobody(c *exec.Cmd) *exec.Cmd {
	if os.Geteuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	return c
}

// fluvius runs the tool, and tells what it complains of and its exit status.
func fluvius(t *testing.T, c *exec.Cmd) (said string, status int) {
	t.Helper()
	var complaints strings.Builder
	c.Stderr = &complaints
	err := c.Run()
	require.NotNil(t, c.ProcessState, "%v", err)
	return complaints.String(), c.ProcessState.ExitCode()
}
