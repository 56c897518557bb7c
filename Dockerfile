# One image for the API with its dashboard, the worker and every command. How to run it: docs/deployment.md.

# The Node that package.json pins, on a Debian whose C library it is built for.
FROM node:26.10.0-bookworm-slim AS base
WORKDIR /app

# Without the optional packages: PostgreSQL and Node as packages are for machines that have neither.
FROM base AS packages
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund

FROM base AS dashboard
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev --ignore-scripts --no-audit --no-fund
COPY tsconfig.json ./
COPY scripts/build-web.ts scripts/
COPY src/contract src/contract
COPY src/scoring src/scoring
COPY web web
RUN node scripts/build-web.ts

FROM base
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=8000
# Nothing is kept in it where secrets and database are given; it has to be there all the same.
RUN install -d -o node -g node -m 700 .data
COPY --from=packages /app/node_modules node_modules
COPY --from=dashboard /app/web/dist web/dist
COPY package.json ./
COPY src src
USER node
EXPOSE 8000
# Whether the process answers. /api/health would also ask the database, and no restart brings that back.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# The worker: node src/main.ts worker. Migrations: node src/main.ts migrate up.
CMD ["node", "src/main.ts", "api"]
