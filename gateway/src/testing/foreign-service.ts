import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLSchema, parse } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

/** A service of somebody else, as small as one can be: GraphQL over HTTP, live updates by graphql-transport-ws, and no idea of this hub. */
export interface ForeignService {
  readonly sdl: string;
  readonly url: string;
  /** Texts of the operations that came. */
  readonly asked: string[];
  /** What is done instead of answering. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | null;
  /** Every live stream breaks, as when the process dies. */
  cut(): void;
  stop(): Promise<void>;
}

export async function foreignService(sdl: string, resolvers: object, port = 0): Promise<ForeignService> {
  const schema: GraphQLSchema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: resolvers as never });
  const asked: string[] = [];
  const server = createServer((request, response) => {
    if (service.answer) return service.answer(request, response);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const { operationName, query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string; operationName?: string; variables?: Record<string, unknown> };
      asked.push(query);
      void Promise.resolve(execute({ schema, document: parse(query), variableValues: variables, operationName: operationName ?? null })).then((result) => {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
      });
    });
  });
  const sockets = new WebSocketServer({ server });
  const live = useServer({ schema, onSubscribe: (_ctx, _id, { query }) => void asked.push(query) }, sockets);
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const service: ForeignService = {
    sdl, asked, answer: null,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    cut: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    stop: async () => {
      if (!server.listening) return;
      await live.dispose();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return service;
}

/** @throws with what composition finds wrong */
export function composeForeign(services: Readonly<Record<string, Pick<ForeignService, 'sdl' | 'url'>>>): string {
  const { errors, supergraphSdl } = composeServices(Object.entries(services).map(([name, { sdl, url }]) => ({ name, url, typeDefs: parse(sdl) })));
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
}
