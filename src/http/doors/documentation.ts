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
      components: {
        securitySchemes: {
          apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
          signIn: {
            type: 'apiKey',
            in: 'cookie',
            name: 'tutor_quality.session_token',
            description: 'Over https its name begins with `__Host-`.',
          },
        },
      },
      security: [{ apiKey: [] }, { signIn: [] }],
      tags: [
        { name: 'Sessions', description: 'What the platform sends' },
        { name: 'Tutors', description: 'Scores, history, roster' },
        { name: 'Reports', description: 'Mails about sessions' },
        { name: 'Sign-in', description: 'Who may see and do what' },
        { name: 'Operation', description: 'Settings, health, live events' },
      ],
    },
    transform: withAccess,
    transformObject: jsonSchemaTransformObject,
  });
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    theme: {
      title: 'Tutor Quality Scoring: API',
      css: [{ filename: 'plain.css', content: '.swagger-ui .topbar { display: none }' }],
    },
  });
  app.get('/api/openapi.json', { config: { access: 'public', audit: null }, schema: { hide: true } }, () =>
    app.swagger(),
  );
}

/** Says who may use a route: everybody, or from which role on; an API key may do all. And what the audit log says of it. */
const withAccess: typeof jsonSchemaTransform = (input) => {
  const { schema, url } = jsonSchemaTransform(input);
  const { access, audit } = input.route.config ?? {};
  const noted = audit == null ? {} : { 'x-audit': `${audit.action} ${audit.subject}` };
  return {
    url,
    schema: { ...schema, ...noted, ...(access === 'public' ? { security: [] } : { 'x-role': access }) },
  };
};
