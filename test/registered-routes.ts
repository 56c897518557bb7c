import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { FastifyInstance, RouteOptions } from 'fastify';

export type RegisteredRoute = { method: string; url: string; access: string | undefined };

/** What `build` registers with Fastify, plugins and the HEAD that comes with each GET included: the router's own list. */
export async function registeredWhile<Built>(build: () => Promise<Built>): Promise<[Built, RegisteredRoute[]]> {
  const routes: RouteOptions[] = [];
  const listen = (message: unknown) => {
    if (!isInitialization(message)) return;
    message.fastify.addHook('onRoute', (route) => {
      routes.push(route);
    });
  };
  subscribe('fastify.initialization', listen);
  try {
    const built = await build();
    return [built, routes.flatMap(listed)];
  } finally {
    unsubscribe('fastify.initialization', listen);
  }
}

function listed({ method, url, config }: RouteOptions): RegisteredRoute[] {
  return [method].flat().map((one) => ({ method: one, url, access: config?.access }));
}

function isInitialization(message: unknown): message is { fastify: FastifyInstance } {
  return typeof message === 'object' && message !== null && 'fastify' in message;
}
