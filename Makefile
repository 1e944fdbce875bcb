# The entry points a person needs. Everything else is behind them, in scripts/.

.DEFAULT_GOAL := help
.PHONY: run build test generate bench attack uploads restarts soak sanitize fuzz conformance format lint clean setup help
.DELETE_ON_ERROR:

# Folders count as well as files, so that a removed file builds again. No name in them has a space;
# the path to this folder may, so every path here is relative.
SOURCES := $(shell find Package.swift scripts/release Sources -print)
RELEASE := .build/release.stamp
SWIFT_FILES := find Package.swift Sources Tests clients codegen bench -name Generated -prune \
  -o -name '*.swift' -print0

run: setup $(RELEASE) ## Set up, build and start the server; Ctrl-C stops it
	@exec .build/release/klinked

build: setup $(RELEASE) ## Build the server and the command line, optimised

# Not `swift build` each time: planning alone would cost a start more than a second.
$(RELEASE): $(SOURCES) | setup
	scripts/release klinked klinke
	@touch $@

test: ## Set up and run every check and every test
	@scripts/setup test
	@python3 scripts/test

generate: ## Write every Generated folder anew from proto/
	@scripts/setup test
	@codegen/generate

bench: setup ## Measure, beside servers in C++, Go and C in the same run
	@scripts/setup test
	@.deps/venv/bin/python bench/bench.py

attack: ## Attack the server beside honest load: make attack SECONDS=30 ATTACKERS=50
	@scripts/setup test
	@scripts/release http2-target
	@KLINKE_BIN=.build/release .deps/venv/bin/python -B bench/attack/attack.py \
	  --seconds $(or $(SECONDS),30) --attackers $(or $(ATTACKERS),50) --write

uploads: ## Upload over a long way, with windows that grow or not: make uploads MS=50 MIB=64
	@scripts/setup test
	@scripts/release http2-target
	@KLINKE_BIN=.build/release .deps/venv/bin/python -B bench/long_link.py $(or $(MS),50) $(or $(MIB),64)

restarts: setup $(RELEASE) ## Restart the server 20 times under load, and count what fails
	@scripts/setup test
	@KLINKE_BIN=$(or $(KLINKE_BIN),.build/release) \
	  .deps/venv/bin/python -B Tests/EndToEnd/restarts.py $(R)

soak: setup $(RELEASE) ## Use the server for long and watch its memory: make soak MINUTES=30
	@scripts/setup test
	@KLINKE_BIN=$(or $(KLINKE_BIN),.build/release) .deps/venv/bin/python -B \
	  Tests/EndToEnd/soak.py --minutes $(or $(MINUTES),30) --figures .build/soak.json

sanitize: ## Run the tests below the services under the address and the thread sanitizer
	@scripts/setup test
	@scripts/sanitize

fuzz: ## Feed random bytes to the codec and to connections: make fuzz T=60 MODE=server, seconds of each
	@scripts/fuzz $(or $(T),60) $(MODE)

conformance: ## Hold the codec against others at length: make conformance N=1000000
	@scripts/setup test
	@scripts/conformance $(or $(N),1000000)

format: ## Format every Swift file that a person wrote
	@$(SWIFT_FILES) | xargs -0 swift format format --in-place --parallel

lint: ## Check the format of every Swift file that a person wrote
	@$(SWIFT_FILES) | xargs -0 swift format lint --strict --parallel

clean: ## Remove what was built; keeps .deps and the data in .klinke
	rm -rf .build

setup: ## Fetch what the build needs; instant when nothing is missing
	@scripts/setup run

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-11s %s\n", $$1, $$2 }' Makefile
