# The site as one image: web, relay, worker, beat and the commands all start from it (docker-compose.yml).
FROM python:3.12-slim-bookworm

ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1

RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 tini \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin casework \
 && install -d -o casework -g casework -m 0711 /data \
 && install -d -o casework -g casework -m 0700 /data/files /data/keys /data/backups /data/logs

COPY requirements/base.txt /tmp/base.txt
RUN pip install --require-hashes -r /tmp/base.txt && rm /tmp/base.txt

WORKDIR /srv/casework
COPY . .
ENV CASEWORK_MODE=site CASEWORK_VAR=/data BIND=0.0.0.0:8000

# Static files and compiled translations belong to the image; the key only satisfies the settings here.
RUN python -m casework.embedded.messages \
 && SECRET_KEY=collecting-static-files-needs-none python manage.py collectstatic --noinput --verbosity 0 \
 && chown -R casework:casework /data/static

USER casework
EXPOSE 8000
ENTRYPOINT ["tini", "--", "docker/entrypoint"]
CMD ["gunicorn", "-c", "casework/gunicorn_conf.py", "casework.wsgi"]
