/** A physical line of a file, counted from 1, without its line break; null when it is too long to be kept. */
export interface FileLine {
  readonly number: number;
  readonly text: string | null;
}

/** A line beyond this is refused unread, so that a file without line breaks cannot fill the memory. */
export const longestLine = 1024 * 1024;

/** Cuts text that arrives in pieces into lines. Ends lines at LF; a CR before it belongs to the line break. */
export class LineSplitter {
  private rest = '';
  private isOverlong = false;
  private number = 0;

  push(text: string): FileLine[] {
    const pieces = text.split('\n');
    const lines: FileLine[] = [];
    pieces.forEach((piece, at) => {
      this.keep(piece);
      if (at < pieces.length - 1) lines.push(this.finish());
    });
    return lines;
  }

  /** The last line, if it has no line break. */
  end(): FileLine[] {
    return this.rest === '' && !this.isOverlong ? [] : [this.finish()];
  }

  private keep(piece: string): void {
    if (this.isOverlong) return;
    if (this.rest.length + piece.length > longestLine) {
      this.isOverlong = true;
      this.rest = '';
    } else this.rest += piece;
  }

  private finish(): FileLine {
    this.number += 1;
    const text = this.isOverlong ? null : this.rest.endsWith('\r') ? this.rest.slice(0, -1) : this.rest;
    this.rest = '';
    this.isOverlong = false;
    return { number: this.number, text };
  }
}
