import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/** OpenAPI 3.1 from the very schemas that validate, and pages to browse it. */
export async function documentation(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Tutor Quality Scoring',
        version,
        description:
          'Sessions in, reschedule scores out. Post every session that was held, moved or missed; scores follow within seconds.',
      },
      components: { securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' } } },
      security: [{ apiKey: [] }],
      tags: [
        { name: 'Sessions', description: 'What the platform sends' },
        { name: 'Tutors', description: 'Scores, history, roster' },
        { name: 'Reports', description: 'Mails about sessions' },
        { name: 'Operation', description: 'Settings, health, live events' },
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  app.addHook('onRoute', (route) => {
    if (route.url.startsWith('/api/docs')) route.config = { ...route.config, isPublic: true };
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: true,
    theme: {
      title: 'Tutor Quality Scoring: API',
      css: [{ filename: 'plain.css', content: '.swagger-ui .topbar { display: none }' }],
    },
  });
  app.get('/api/openapi.json', { config: { isPublic: true }, schema: { hide: true } }, () => app.swagger());
  app.get('/', { config: { isPublic: true }, schema: { hide: true } }, (_request, reply) =>
    reply.redirect('/api/docs'),
  );
}
