# The commands of this project. `make` alone lists them.
.DEFAULT_GOAL := help
SHELL := /bin/bash
DEV := .venv/bin/python -m chartspark_dev

.PHONY: help demo test kills check generate gallery truth coverage chaos crash bench-operator bench-runner bench-models cluster-up cluster-down lock clean bootstrap

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

bootstrap: ## Install what everything else needs: Debian packages, Python environment
	@hack/bootstrap.sh

demo: bootstrap ## Run the examples on an embedded cluster, and copy the pictures to ./results
	@$(DEV) demo

test: bootstrap ## Run every tier of tests
	@$(DEV) test

kills: bootstrap ## Kill the operator before and after every single write; `make test` takes a sample
	@CHARTSPARK_KILLS=every .venv/bin/python -m pytest -q tests/cluster/test_a_kill_between_any_two_writes.py

check: bootstrap ## Lint, types, layers, and drift of generated files
	@$(DEV) check

generate: bootstrap ## Render what is generated: CRD, chart, dashboards, reference
	@.venv/bin/python -m charts.render && .venv/bin/python -m charts.families

gallery: bootstrap ## Draw charts of every kind of published tables into docs/gallery
	@PYTHONPATH=tests/unit/runner .venv/bin/python tests/bench/gallery.py

truth: bootstrap ## Measure how truly charts are read back, over 200 random and 20 published tables per type
	@.venv/bin/python tests/bench/truth.py

coverage: bootstrap ## Measure how much of the marks the 200 subjects fill, into docs/elements/coverage.md
	@PYTHONPATH=. .venv/bin/python tests/bench/fullness.py

bench-operator: bootstrap ## Measure what the operator costs: N=100 jobs beside as many plain Jobs
	@PYTHONPATH=tests/cluster .venv/bin/python tests/bench/operator_load.py $(or $(N),100)

chaos: bootstrap ## Run 200 jobs through faults of every kind, for MINUTES=10 and SEED=1; writes build/chaos.json
	@PYTHONPATH=tests/cluster .venv/bin/python tests/chaos/chaos.py --minutes $(or $(MINUTES),10) --seed $(or $(SEED),1)

crash: bootstrap ## Kill the runner at random moments of ROUNDS=20 jobs, drawn from SEED=1; writes build/crash.json
	@.venv/bin/python tests/crash/crash.py --rounds $(or $(ROUNDS),20) --seed $(or $(SEED),1)

bench-runner: bootstrap ## Measure what the runner costs: time by step, and peak memory
	@.venv/bin/python tests/bench/runner_cost.py

bench-models: bootstrap ## Measure what the embedded models cost: seconds to a first picture under the example's cap
	@.venv/bin/python tests/bench/first_picture.py

cluster-up: bootstrap ## Start the embedded cluster; build/kubectl and build/helm reach it
	@$(DEV) cluster-up

cluster-down: bootstrap ## Stop the embedded cluster; its images and volumes stay
	@$(DEV) cluster-down

lock: bootstrap ## Pin the requirements anew, with hashes
	@$(DEV) lock

clean: cluster-down ## Remove everything that was built in this checkout
	rm -rf build results .venv
