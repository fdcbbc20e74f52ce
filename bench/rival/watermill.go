package rival

import (
	"context"
	"fmt"
	"sync"

	"github.com/ThreeDotsLabs/watermill"
	"github.com/ThreeDotsLabs/watermill/components/cqrs"
	"github.com/ThreeDotsLabs/watermill/message"
	"github.com/ThreeDotsLabs/watermill/pubsub/gochannel"

	"github.com/fluvius-io/fluvius-go/bench/data"
	"github.com/fluvius-io/fluvius-go/bench/work"
)

// Watermill is its CQRS component over its Go channels, with JSON.
func Watermill() work.Rival {
	return table{"watermill CQRS", map[string]starter{"dispatch": watermillDispatch, "dispatch-burst": watermillDispatch}}
}

// Deposited is the event; watermill needs a type whose name it can say.
type Deposited struct {
	Amount    int64  `json:"amount"`
	Reference string `json:"reference"`
}

func watermillDispatch(w *work.Workload, _ string) (work.Job, error) {
	t := &told{}
	var pending sync.WaitGroup
	bus, stop, err := watermillBus(t, &pending)
	if err != nil {
		return nil, err
	}
	var events [work.Burst]Deposited
	for k := range events {
		events[k] = Deposited{Amount: data.Deposit(k), Reference: data.Reference(k)}
	}
	j := sending(w, t, func(k int) error {
		pending.Add(work.Handlers)
		return bus.Publish(context.Background(), &events[k])
	}, pending.Wait)
	return job{j.Run, stop}, nil
}

// watermillBus runs a router with the handlers.
func watermillBus(t *told, pending *sync.WaitGroup) (bus *cqrs.EventBus, stop func() error, err error) {
	logger := watermill.NopLogger{}
	pubsub := gochannel.NewGoChannel(gochannel.Config{OutputChannelBuffer: 256}, logger)
	router, err := message.NewRouter(message.RouterConfig{}, logger)
	if err != nil {
		return nil, nil, err
	}
	bus, err = cqrs.NewEventBusWithConfig(pubsub, cqrs.EventBusConfig{
		GeneratePublishTopic: func(p cqrs.GenerateEventPublishTopicParams) (string, error) { return p.EventName, nil },
		Marshaler:            cqrs.JSONMarshaler{},
	})
	if err != nil {
		return nil, nil, err
	}
	processor, err := cqrs.NewEventProcessorWithConfig(router, cqrs.EventProcessorConfig{
		GenerateSubscribeTopic: func(p cqrs.EventProcessorGenerateSubscribeTopicParams) (string, error) { return p.EventName, nil },
		SubscriberConstructor: func(cqrs.EventProcessorSubscriberConstructorParams) (message.Subscriber, error) {
			return pubsub, nil
		},
		Marshaler: cqrs.JSONMarshaler{},
	})
	if err != nil {
		return nil, nil, err
	}
	for i := range t.sums {
		var mu sync.Mutex // watermill may run one handler several times at once
		err := processor.AddHandlers(cqrs.NewEventHandler(fmt.Sprint("handler-", i), func(_ context.Context, e *Deposited) error {
			mu.Lock()
			t.sums[i].sum += e.Amount
			mu.Unlock()
			pending.Done()
			return nil
		}))
		if err != nil {
			return nil, nil, err
		}
	}
	ended := make(chan error, 1)
	go func() { ended <- router.Run(context.Background()) }()
	<-router.Running()
	return bus, func() error {
		if err := router.Close(); err != nil {
			return err
		}
		return <-ended
	}, nil
}
