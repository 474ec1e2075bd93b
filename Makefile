# make run and make test are all a newcomer needs; both install the system libraries they miss.
SHELL := /bin/bash
PREFIX ?= /usr/local
SWIFT ?= swift
FOLDERS := Sources Plugins Tests
# The program as installed carries the Swift runtime with it, so that it runs where there is no Swift.
RELEASE := -c release --static-swift-stdlib

.PHONY: run test lint fmt docs bench torture install deps test-deps build clean

# The shell on the sandbox; without a terminal the tour is played.
run: deps
	@$(SWIFT) build --product reel
	@reel="$$($(SWIFT) build --show-bin-path)/reel"; \
	if [ -t 0 ] && [ -t 1 ]; then exec "$$reel" --sandbox; fi; \
	films="$$(mktemp -d)" && "$$reel" --sandbox --fetch-dir "$$films" --echo -f docs/tour.reel </dev/null 2>&1; \
	code=$$?; rm -rf "$$films"; exit $$code

build: deps
	$(SWIFT) build

test: test-deps lint
	$(SWIFT) build --build-tests --explicit-target-dependency-import-check error
	@SWIFT="$(SWIFT)" .ci/test.sh

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(FOLDERS) Package.swift

fmt:
	$(SWIFT) format --in-place --parallel --recursive $(FOLDERS) Package.swift

# The pages and completions that are made from the tables of commands, settings and codes.
docs: deps
	$(SWIFT) build --product reel
	.ci/docs.sh "$$($(SWIFT) build --show-bin-path)/reel"

# Figures against named peers, in one run; docs/benchmarks.md keeps them.
bench: deps
	$(SWIFT) build $(RELEASE) --product reel
	$(SWIFT) build $(RELEASE) --product reel-bench
	.ci/bench.sh

# The long campaigns.
torture: test-deps
	$(SWIFT) build --build-tests
	.ci/torture.sh

install: deps
	$(SWIFT) build $(RELEASE) --product reel
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -d "$(DESTDIR)$(PREFIX)/share/man/man1"
	install -m 0644 docs/reel.1 "$(DESTDIR)$(PREFIX)/share/man/man1/reel.1"
	install -s -m 0755 "$$($(SWIFT) build $(RELEASE) --show-bin-path)/reel" "$(DESTDIR)$(PREFIX)/bin/reel"

deps:
	@.ci/deps.sh

test-deps:
	@.ci/deps.sh test

clean:
	rm -rf .build
