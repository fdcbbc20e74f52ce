# Plain commands; `make help` lists them. Each runs on a fresh machine with Go and make.

GO          ?= go
STATICCHECK ?= $(GO) run honnef.co/go/tools/cmd/staticcheck@v0.8.2
DB          ?= shop.db
DURATION    ?= 1h

.DEFAULT_GOAL := help

.PHONY: help
help: ## List the targets.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: run
run: generate ## Generate, build and run the example shop on a SQLite file (DB=shop.db); run it twice.
	@$(GO) run ./examples/shop -db $(DB)

.PHONY: generate
generate: ## Write examples/gen from examples/domain.fluv.
	@$(GO) generate ./examples/...

.PHONY: test
test: lint fresh unit race bench-test ## Everything that can run here; what is skipped says why.

.PHONY: unit
unit: ## All tests, full size.
	$(GO) test ./...

.PHONY: race
race: ## The tests under the race detector, in short sizes.
	@if CGO_ENABLED=1 $(GO) build -race -o /dev/null ./internal/raceprobe 2>/dev/null; then \
		echo "CGO_ENABLED=1 $(GO) test -race -short ./..."; CGO_ENABLED=1 $(GO) test -race -short ./...; \
	elif [ -n "$$CI" ]; then \
		echo "SKIPPED IN CI, WHICH IS AN ERROR: -race needs a C compiler (apt-get install gcc libc6-dev)" >&2; exit 1; \
	else \
		echo "################################################################"; \
		echo "# SKIPPED: the race detector. It needs a C compiler:           #"; \
		echo "# install gcc (or clang) and run make race again.              #"; \
		echo "################################################################"; \
	fi

.PHONY: lint
lint: ## gofmt, go vet and staticcheck.
	@bad=$$(gofmt -l $$(git ls-files '*.go' 2>/dev/null || find . -name '*.go')); \
		if [ -n "$$bad" ]; then echo "not gofmt'd:"; echo "$$bad"; exit 1; fi
	$(GO) vet ./...
	$(STATICCHECK) ./...

.PHONY: fresh
fresh: ## Prove that what is generated and committed is what would be generated now.
	$(GO) run ./cmd/fluvgen generate -check -o examples/gen examples/domain.fluv

.PHONY: golden
golden: ## Rewrite the golden files; read the difference before you commit it.
	FLUV_UPDATE=1 $(GO) test ./...

.PHONY: fuzz
fuzz: ## Run each fuzz target for FUZZTIME (30s).
	@GO="$(GO)" FUZZTIME="$(or $(FUZZTIME),30s)" sh internal/scripts/fuzz.sh

.PHONY: fuzz-diff
fuzz-diff: ## Random domains compiled and evaluated, compared byte by byte, for DURATION (1h).
	FLUV_FUZZ_DIFF=$(DURATION) $(GO) test -count=1 -timeout 0 -run TestCompiledAndEvaluatedAgree -v ./internal/difffuzz

.PHONY: soak
soak: ## The example shop killed and opened again at random, for DURATION (1h); then every promise is checked.
	FLUV_SOAK=$(DURATION) $(GO) test -count=1 -timeout 0 -run TestKilledAgainAndAgain -v ./internal/soak

.PHONY: mutants
mutants: ## Break the code in some sixty places, one at a time; each must turn its test red.
	FLUV_MUTANTS=1 $(GO) test -count=1 -timeout 0 -v -run TestEveryMutant ./internal/mutants

.PHONY: extending
extending: ## Do what docs/extending.md says in a copy of the checkout, with every command.
	FLUV_EXTENDING=1 $(GO) test -count=1 -timeout 0 -v -run TestExtending ./internal/guide

.PHONY: jsonv2
jsonv2: ## The strict reader against encoding/json/v2, which Go builds only as an experiment yet.
	GOEXPERIMENT=jsonv2 $(GO) test -run Fuzz ./runtime/value

.PHONY: bench
bench: ## The whole table of ratios against the baselines.
	cd bench && $(GO) run ./cmd/table

.PHONY: bench-quick
bench-quick: ## The same in about a minute.
	cd bench && $(GO) run ./cmd/table -quick

.PHONY: bench-large
bench-large: ## An append to a file of ten million events beside one of a hundred thousand: 5 GB in DIR (/tmp), ten minutes.
	cd bench && $(GO) run ./cmd/large -dir $(or $(DIR),/tmp)

.PHONY: bench-test
bench-test: ## The tests of the benchmarks: each workload checks its own result.
	cd bench && $(GO) vet ./... && $(GO) test ./...

.PHONY: cover
cover: ## Test coverage, a line a package.
	$(GO) test -short -cover ./...
