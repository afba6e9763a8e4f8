# The runner. Build it in the root of the checkout:
#   docker build -f dockerfiles/runner.Dockerfile .
ARG BASE_IMAGE=docker.io/library/python:3.11-slim-bookworm

FROM ${BASE_IMAGE} AS installer
COPY requirements/uv.txt /requirements/uv.txt
# pip brings certificates of its own, which a company's proxy is not among.
RUN python3 -m venv /opt/uv && \
    PIP_CERT=/etc/ssl/certs/ca-certificates.crt \
    /opt/uv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /requirements/uv.txt

FROM ${BASE_IMAGE}
# A build that mounts uv's cache sets these two; any other leaves no cache in the layers.
ARG UV_NO_CACHE=true
ARG UV_CACHE_DIR=/tmp/uv-cache
ARG UV_LINK_MODE=copy
ARG UV_SYSTEM_CERTS=true

# The libraries change seldom, our code often: a layer each.
COPY requirements/runner.txt /requirements/runner.txt
RUN --mount=type=bind,from=installer,source=/opt/uv,target=/opt/uv \
    /opt/uv/bin/uv venv --quiet --python "$(command -v python3)" /opt/chartspark && \
    /opt/uv/bin/uv pip sync --quiet --python /opt/chartspark/bin/python \
    --require-hashes --compile-bytecode /requirements/runner.txt

COPY requirements/dev.txt /requirements/dev.txt
COPY crds /source/crds
COPY runner /source/runner
# dev.txt pins the build backend.
RUN --mount=type=bind,from=installer,source=/opt/uv,target=/opt/uv \
    /opt/uv/bin/uv pip install --quiet --python /opt/chartspark/bin/python \
    --no-deps --compile-bytecode --build-constraints /requirements/dev.txt /source/crds /source/runner && \
    rm -r /source

# The root file system is read-only where this runs: whatever is compiled or cached goes to /tmp.
# NVIDIA's runtime brings the driver's compute libraries and nvidia-smi, and nothing of its display side.
ENV PATH=/opt/chartspark/bin:$PATH \
    HOME=/tmp \
    XDG_CACHE_HOME=/tmp/cache \
    MPLCONFIGDIR=/tmp/cache/matplotlib \
    HF_HOME=/tmp/cache/huggingface \
    TORCHINDUCTOR_CACHE_DIR=/tmp/cache/inductor \
    TRITON_CACHE_DIR=/tmp/cache/triton \
    CUDA_CACHE_PATH=/tmp/cache/cuda \
    NUMBA_CACHE_DIR=/tmp/cache/numba \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility \
    PYTHONUNBUFFERED=1
USER 1000:1000
EXPOSE 8080
ENTRYPOINT ["chartspark-runner"]
