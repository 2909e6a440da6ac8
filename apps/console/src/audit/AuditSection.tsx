import { Section } from '../pages/Section';
import { mayDo } from '../providers/access';
import { AuditTimeline, type AuditTimelineProps } from './AuditTimeline';

/** The log of what a page is about, for whoever may read it. */
export const AuditSection = (props: AuditTimelineProps) =>
  mayDo('audit', 'read') ? (
    <Section title="audit.title">
      <AuditTimeline {...props} />
    </Section>
  ) : null;
