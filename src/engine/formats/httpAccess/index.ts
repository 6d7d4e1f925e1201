import type { Format } from '../types'
import { jsonReader } from './json'
import { source } from './row'
import { textReader } from './text'

/** Access logs of web servers, proxies and load balancers. Mapping and rules: docs/formats/http-access.md. */
export const httpAccess: Format = {
  id: 'http-access',
  title: 'HTTP access log',
  source,
  containers: [
    'common and combined format (Apache, NGINX, Traefik)',
    'JSON lines (NGINX, Envoy, Istio, Caddy, Traefik)',
    'Envoy and Istio text',
    'AWS Application and Classic Load Balancer',
    'Amazon S3 server access log',
    'W3C extended (IIS, CloudFront)',
  ],
  description: 'Requests that a web server, proxy, load balancer or bucket answered.',
  json: jsonReader,
  text: textReader,
}
