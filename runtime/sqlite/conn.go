package sqlite

import (
	"context"
	"time"

	engine "zombiezen.com/go/sqlite"
)

// connect opens the file without any wait for locks inside the engine: waiting is done here, by retry,
// where it ends with the caller's context.
func connect(path string, flags engine.OpenFlags) (*engine.Conn, error) {
	conn, err := engine.OpenConn(path, flags)
	if err != nil {
		return nil, err
	}
	conn.SetBusyTimeout(0)
	return conn, nil
}

// prepared is a statement and where it is kept. Statements are kept by who uses them, not looked up by
// their text at each use: the look-up clears their parameters, which makes the engine plan them anew.
type prepared struct {
	stmt **engine.Stmt
	sql  string
}

func prepareAll(conn *engine.Conn, all []prepared) error {
	for _, p := range all {
		stmt, err := conn.Prepare(p.sql)
		if err != nil {
			return err
		}
		*p.stmt = stmt
	}
	return nil
}

// exec runs one statement that is not worth keeping.
func exec(conn *engine.Conn, sql string) error {
	stmt, _, err := conn.PrepareTransient(sql)
	if err != nil {
		return err
	}
	defer stmt.Finalize()
	for {
		if more, err := stmt.Step(); err != nil || !more {
			return err
		}
	}
}

// number runs a statement whose answer is one number.
func number(conn *engine.Conn, sql string) (int64, error) {
	stmt, _, err := conn.PrepareTransient(sql)
	if err != nil {
		return 0, err
	}
	defer stmt.Finalize()
	if _, err := stmt.Step(); err != nil {
		return 0, err
	}
	return stmt.ColumnInt64(0), nil
}

// word runs a statement whose answer is one text.
func word(conn *engine.Conn, sql string) (string, error) {
	stmt, _, err := conn.PrepareTransient(sql)
	if err != nil {
		return "", err
	}
	defer stmt.Finalize()
	if _, err := stmt.Step(); err != nil {
		return "", err
	}
	return stmt.ColumnText(0), nil
}

// retry does what may find the file locked until it does not, for at most as long as the store may wait,
// and ends early with the context. What it is given must leave nothing open when it fails.
func (s *Store) retry(ctx context.Context, try func() error) error {
	err := try()
	if !isBusy(err) {
		return err
	}
	deadline := time.Now().Add(s.set.busy)
	for pause := time.Millisecond; isBusy(err) && time.Now().Before(deadline); pause = min(2*pause, 25*time.Millisecond) {
		if stopped := sleep(ctx, pause); stopped != nil {
			return stopped
		}
		err = try()
	}
	return err
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
