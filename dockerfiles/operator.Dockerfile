# The operator. Build it in the root of the checkout:
#   docker build -f dockerfiles/operator.Dockerfile .
ARG BASE_IMAGE=docker.io/library/python:3.11-slim-bookworm

# The locked libraries change seldom and our code often: a layer each. uv is gone when its layer ends.
FROM ${BASE_IMAGE} AS libraries
# A build that mounts uv's cache sets the first two; any other leaves no cache behind.
ARG UV_NO_CACHE=true
ARG UV_CACHE_DIR=/tmp/uv-cache
ARG UV_LINK_MODE=copy
# Both installers trust what the image trusts: pip's own certificates know no company's proxy.
ARG UV_SYSTEM_CERTS=true
ARG PIP_CERT=/etc/ssl/certs/ca-certificates.crt
COPY requirements/uv.txt requirements/operator.txt /tmp/requirements/
RUN python3 -m venv /tmp/uv && \
    /tmp/uv/bin/pip install --quiet --no-cache-dir --disable-pip-version-check \
    --require-hashes -r /tmp/requirements/uv.txt && \
    /tmp/uv/bin/uv venv --quiet --python "$(command -v python3)" /opt/chartspark && \
    /tmp/uv/bin/uv pip sync --quiet --python /opt/chartspark/bin/python \
    --require-hashes --compile-bytecode /tmp/requirements/operator.txt && \
    rm -r /tmp/uv

FROM ${BASE_IMAGE} AS code
ARG UV_NO_CACHE=true
ARG UV_CACHE_DIR=/tmp/uv-cache
ARG UV_LINK_MODE=copy
ARG UV_SYSTEM_CERTS=true
ARG PIP_CERT=/etc/ssl/certs/ca-certificates.crt
COPY requirements/uv.txt /tmp/requirements/
RUN python3 -m venv /tmp/uv && \
    /tmp/uv/bin/pip install --quiet --no-cache-dir --disable-pip-version-check \
    --require-hashes -r /tmp/requirements/uv.txt && \
    /tmp/uv/bin/uv venv --quiet --python "$(command -v python3)" /opt/chartspark
# dev.txt pins the build backend.
COPY requirements/dev.txt /tmp/requirements/
COPY crds /tmp/source/crds
COPY operator /tmp/source/operator
RUN /tmp/uv/bin/uv pip install --quiet --python /opt/chartspark/bin/python --no-deps --compile-bytecode \
    --build-constraints /tmp/requirements/dev.txt /tmp/source/crds /tmp/source/operator

FROM libraries
COPY --from=code /opt/chartspark /opt/chartspark
ENV PATH=/opt/chartspark/bin:$PATH \
    HOME=/tmp \
    PYTHONUNBUFFERED=1
USER 65532:65532
EXPOSE 8080 8081
ENTRYPOINT ["chartspark-operator"]
