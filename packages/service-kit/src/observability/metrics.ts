import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const prefix = 'concentric_';

/**
 * The metrics of one service. Names get the prefix `concentric_`, use base units (`_seconds`, `_bytes`), counters end
 * in `_total`; labels never carry ids, names or anything else without a small bound. Asking for a name again returns
 * the same metric.
 */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly httpDuration: Histogram;

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry, prefix });
    this.httpDuration = this.histogram('http_request_duration_seconds', 'Time to answer a request', ['method', 'route', 'status']);
  }

  counter(name: string, help: string, labels: readonly string[] = []): Counter {
    const known = this.registry.getSingleMetric(prefix + name);
    if (known instanceof Counter) return known;
    return new Counter({ name: prefix + name, help, labelNames: [...labels], registers: [this.registry] });
  }

  /** `collect` is called at every scrape and sets the gauge. */
  gauge(name: string, help: string, labels: readonly string[] = [], collect?: (gauge: Gauge) => Promise<void> | void): Gauge {
    const known = this.registry.getSingleMetric(prefix + name);
    if (known instanceof Gauge) return known;
    return new Gauge({
      name: prefix + name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      ...(collect === undefined
        ? {}
        : {
            async collect() {
              await collect(this);
            },
          }),
    });
  }

  histogram(
    name: string,
    help: string,
    labels: readonly string[] = [],
    buckets = [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  ): Histogram {
    const known = this.registry.getSingleMetric(prefix + name);
    if (known instanceof Histogram) return known;
    return new Histogram({ name: prefix + name, help, labelNames: [...labels], buckets, registers: [this.registry] });
  }
}
