package runtime

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

type asked struct{}

func newTestDelivery(base context.Context) *delivery {
	return &delivery{base: base, deadline: time.Now().Add(time.Minute), header: &Header{}}
}

// TestDeliveryIsAContext holds a delivery to what package context promises, whether or not its end was asked for before
// what ends it.
func TestDeliveryIsAContext(t *testing.T) {
	for _, askedBefore := range []bool{true, false} {
		ends := func(name string, want error, end func(stop context.CancelFunc, d *delivery)) {
			t.Run(name, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					base, stop := context.WithCancel(context.WithValue(t.Context(), asked{}, "yes"))
					defer stop()
					d := newTestDelivery(base)
					if askedBefore {
						assert.NoError(t, d.Err())
					}
					end(stop, d)
					select {
					case <-d.Done():
					default:
						t.Fatal("it is not done")
					}
					assert.ErrorIs(t, d.Err(), want)
					assert.ErrorIs(t, context.Cause(d), want)
					assert.Equal(t, "yes", d.Value(asked{}))
					assert.Same(t, d, deliveryFrom(d))
					child, cancel := context.WithCancel(d)
					defer cancel()
					assert.ErrorIs(t, child.Err(), want)
					d.finish()
				})
			})
		}
		ends("the deadline", context.DeadlineExceeded, func(context.CancelFunc, *delivery) {
			time.Sleep(time.Minute)
			synctest.Wait()
		})
		ends("the drain time", context.Canceled, func(stop context.CancelFunc, _ *delivery) { stop() })
		ends("the return of the handler", context.Canceled, func(_ context.CancelFunc, d *delivery) { d.finish() })
	}
}

// TestAContextMadeOfADelivery ends with it, its cause too, and so does what waits for it.
func TestAContextMadeOfADelivery(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		gone := errors.New("gone")
		base, stop := context.WithCancelCause(t.Context())
		d := newTestDelivery(base)
		child, cancel := context.WithTimeout(d, time.Hour)
		defer cancel()
		deadline, ok := child.Deadline()
		assert.True(t, ok)
		assert.Equal(t, d.deadline, deadline, "the earlier one counts")
		stop(gone)
		<-child.Done()
		assert.ErrorIs(t, context.Cause(child), gone)
		assert.ErrorIs(t, context.Cause(d), gone)
		d.finish()
	})
	synctest.Test(t, func(t *testing.T) {
		d := newTestDelivery(t.Context())
		child, cancel := context.WithCancel(d)
		defer cancel()
		called := make(chan struct{})
		context.AfterFunc(child, func() { close(called) })
		d.finish()
		<-called
		assert.ErrorIs(t, child.Err(), context.Canceled)
	})
}
