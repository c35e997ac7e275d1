/** Results of a run, as tables, charts and files. Knows nothing of how they were measured. */
package io.netgear.bench.report;
