# One image for the gateway, the four services and the one-process form.
FROM node:22.23.1-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json tsconfig.json tsconfig.base.json ./
COPY packages ./packages
COPY services ./services
COPY gateway ./gateway
COPY apps ./apps
COPY e2e/package.json e2e/tsconfig.json ./e2e/
COPY bench/package.json bench/tsconfig.json ./bench/
RUN npm ci --no-audit --no-fund && npx tsc -b apps/hub && npm prune --omit=dev

FROM node:22.23.1-bookworm-slim
ENV NODE_ENV=production HUB_DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/packages ./packages
COPY --from=build /app/services ./services
COPY --from=build /app/gateway ./gateway
COPY --from=build /app/apps ./apps
# Two users: the private key of the gateway is not to be read by the services, although they share the volume with its public half.
# A new volume takes its owner from the folder it is mounted on first, so the services' view of the keys is made here as well.
RUN useradd --uid 1001 --no-create-home gateway \
 && mkdir -p /data /keys /gateway-data/keys && chown node:node /data && chown -R gateway:gateway /keys /gateway-data
USER node
VOLUME /data
# The young generation as in `npm start`.
CMD ["node", "--max-semi-space-size=64", "apps/hub/dist/main.js"]
