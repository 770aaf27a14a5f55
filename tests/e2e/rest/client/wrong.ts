// What the types have to refuse: tsc fails where one of these lines is no mistake.
import createClient from 'openapi-fetch';
import type { paths } from './schema.d.ts';

const client = createClient<paths>();

export const mistakes = [
  // @ts-expect-error there is no such path
  () => client.GET('/v1/hub_repos/{namespace}/{repository}/tag'),
  // @ts-expect-error the repository is missing
  () => client.GET('/v1/hub_repos/{namespace}/{repository}', { params: { path: { namespace: 'sandbox' } } }),
  () => client.GET('/v1/tools/hub_repos/list_tags', {
    // @ts-expect-error no number
    params: { query: { namespace: 'sandbox', repository: 'app', page_size: 'two' } },
  }),
  () => client.POST('/v1/tools/hub_repos/create', {
    // @ts-expect-error the name is missing
    body: { namespace: 'sandbox' },
  }),
];
