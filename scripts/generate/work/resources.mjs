/** Resources of spans: the pods of the services, and the browsers of the people. */

/**
 * @typedef {import('../sources/traces.mjs').Resource} Resource
 *
 * @param {import('../world.mjs').World} world
 */
export function resourcesOf({ services }) {
  /** @type {Map<string, Resource>} */
  const pods = new Map()
  for (const { name, version, pods: own, instrumented } of services.values()) {
    if (!instrumented) continue
    for (const pod of own) {
      pods.set(pod.name, {
        key: pod.name,
        clockUs: pod.hostClockUs,
        attributes: {
          'service.name': name,
          'service.version': version,
          'service.instance.id': pod.name,
          'k8s.pod.name': pod.name,
          'k8s.pod.ip': pod.address,
          'k8s.node.name': pod.node,
          'k8s.namespace.name': 'shop',
          'deployment.environment.name': 'production',
        },
      })
    }
  }
  /** @type {Map<number, Resource>} */
  const browsers = new Map()
  return {
    /** Undefined where the service is not instrumented. @param {import('../world.mjs').Pod} pod */
    pod: (pod) => pods.get(pod.name),
    /** @param {import('../world.mjs').Person} person @returns {Resource | undefined} */
    browser: (person) => {
      const service = services.get('shop-web')
      if (service?.instrumented !== true) return undefined
      const known = browsers.get(person.index)
      if (known !== undefined) return known
      const made = {
        key: `browser ${person.index}`,
        clockUs: person.browserClockUs,
        attributes: {
          'service.name': 'shop-web',
          'service.version': service.version,
          'telemetry.sdk.language': 'webjs',
          'user_agent.original': person.userAgent,
        },
      }
      browsers.set(person.index, made)
      return made
    },
  }
}
