# The app for production: give it PUBLIC_URL, SECRET_KEY, ISSUERS, SMTP_* and the four DATABASE_URLs (see README).
#   docker run ... rundtom            serve
#   docker run ... rundtom worker     the other process of an installation
#   docker run ... rundtom migrate    before a new version starts

FROM node:24-slim AS frontend
WORKDIR /frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN npm run build

FROM python:3.13-slim AS packages
COPY requirements.lock ./
RUN python -m venv /venv \
 && /venv/bin/pip install --no-cache-dir --no-deps --require-hashes --requirement requirements.lock

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin rundtom \
 && install --directory --mode=0700 --owner=rundtom /data
WORKDIR /rundtom
COPY --from=packages /venv /venv
COPY LICENSE ./
COPY app app
COPY migrations migrations
COPY frontend/src/lib/text frontend/src/lib/text
COPY --from=frontend /frontend/build frontend/build
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=8000 \
    DATA_DIR=/data
RUN PYTHONDONTWRITEBYTECODE= python -m compileall -q app migrations
USER rundtom
VOLUME /data
EXPOSE 8000
# The app answers only to its public name. Not for the worker: run that with --no-healthcheck.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-c", \
  "from os import environ as e; from urllib.request import Request, urlopen; \
   home = f'http://127.0.0.1:{e[\"PORT\"]}'; name = e.get('PUBLIC_URL', f'//localhost:{e[\"PORT\"]}').split('/')[2]; \
   urlopen(Request(home + '/api/health/live', headers={'Host': name}), timeout=4)"]
ENTRYPOINT ["python", "-m", "app.cli"]
CMD ["serve"]
