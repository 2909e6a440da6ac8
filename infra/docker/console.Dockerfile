# The console as static files, and the one address in front of all services:
#   docker build -f infra/docker/console.Dockerfile -t concentric/console:0.1.0 .
# GATEWAY is any nginx image that runs without root and listens on 8080.
ARG BASE=node:24-bookworm-slim
ARG GATEWAY=nginxinc/nginx-unprivileged:1.29-alpine

FROM ${BASE} AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc turbo.json ./
COPY packages packages
COPY apps apps
COPY test/package.json test/turbo.json test/
RUN npm ci --include=dev && npx turbo run build --filter=@concentric/console...

FROM ${GATEWAY}
COPY infra/docker/gateway.conf.template /etc/nginx/templates/default.conf.template
COPY --from=build /app/apps/console/dist /usr/share/nginx/html
USER 10001:10001
EXPOSE 8080
