# Small, without root, without build tools: two stages, the second one holds only what runs.
FROM python:3.11-slim AS build
COPY requirements.lock .
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes --requirement requirements.lock

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HTTP_HOST=0.0.0.0 \
    HTTP_PORT=8080 \
    DATABASE_URL=sqlite+aiosqlite:////data/bot.db
RUN useradd --uid 10001 --no-create-home bot && mkdir /data && chown bot:bot /data
COPY --from=build /venv /venv
WORKDIR /app
COPY domain domain
COPY storage storage
COPY midjourney midjourney
COPY services services
COPY messages messages
COPY handlers handlers
COPY workers workers
COPY bot bot
USER bot
VOLUME /data
EXPOSE 8080
# the port may be changed or switched off (0); then there is nothing to ask
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, sys, urllib.request as r; p = os.environ['HTTP_PORT']; sys.exit(0 if p == '0' or r.urlopen(f'http://127.0.0.1:{p}/health', timeout=4).status == 200 else 1)"]
STOPSIGNAL SIGTERM
CMD ["python", "-m", "bot"]
