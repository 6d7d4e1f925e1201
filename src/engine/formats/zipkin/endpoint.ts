/** Zipkin endpoints: `{serviceName, ipv4, ipv6, port}`, in version 1 on each annotation. */
import { get, isObject, type JsonValue, text } from '../../../common/json'
import { AttributeBuilder, type Attributes } from '../spans/attributes'

export function addressOf(endpoint: JsonValue | undefined): string | undefined {
  return text(get(endpoint, 'ipv4')) ?? text(get(endpoint, 'ipv6'))
}

export function serviceOf(endpoint: JsonValue | undefined): string | undefined {
  return text(get(endpoint, 'serviceName'))
}

/** The side that reported the span. */
export function localResource(endpoint: JsonValue | undefined): Attributes {
  const builder = new AttributeBuilder()
  const service = serviceOf(endpoint)
  if (service !== undefined) builder.set('service.name', service)
  addAddress(endpoint, 'network.local', builder)
  return builder.finish()
}

/** The other side of the call, in the names that OpenTelemetry has for it; tags of the span come first and win. */
export function addRemote(endpoint: JsonValue | undefined, into: AttributeBuilder): void {
  if (!isObject(endpoint)) return
  const service = serviceOf(endpoint)
  if (service !== undefined && !into.has('peer.service')) into.set('peer.service', service)
  if (!into.has('network.peer.address')) addAddress(endpoint, 'network.peer', into)
}

function addAddress(endpoint: JsonValue | undefined, prefix: string, into: AttributeBuilder): void {
  const address = addressOf(endpoint)
  const port = get(endpoint, 'port')
  if (address !== undefined) into.set(`${prefix}.address`, address)
  if (typeof port === 'number' && port > 0) into.set(`${prefix}.port`, port)
}
