import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type DailyJobMethod, dailyJobsOf, type JobMethod, jobsOf } from './job.decorator';

/** The job methods of this service by name. */
@Injectable()
export class JobMethods {
  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error when two methods claim one name */
  jobs(): Map<string, JobMethod> {
    return this.find<JobMethod>(jobsOf);
  }

  /** In the order in which their modules declare them. @throws Error when two methods claim one name */
  dailyJobs(): Map<string, DailyJobMethod> {
    return this.find<DailyJobMethod>(dailyJobsOf);
  }

  private find<M extends (...parameters: never[]) => Promise<void>>(declared: typeof jobsOf): Map<string, M> {
    const methods = new Map<string, M>();
    const owners = new Set<unknown>();
    for (const { instance, metatype } of [...this.discovery.getProviders(), ...this.discovery.getControllers()]) {
      if (typeof metatype !== 'function' || typeof instance !== 'object' || instance === null || instance.constructor !== metatype)
        continue;
      if (owners.has(instance)) continue;
      owners.add(instance);
      for (const { name, method } of declared(metatype)) {
        if (methods.has(name)) throw new Error(`job ${name} is declared twice`);
        methods.set(name, (instance as Record<string | symbol, M>)[method]?.bind(instance) as M);
      }
    }
    return methods;
  }
}
