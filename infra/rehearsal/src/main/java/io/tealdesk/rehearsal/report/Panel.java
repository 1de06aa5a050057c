package io.tealdesk.rehearsal.report;

/** One of the timeline's rows; all share the axis. */
interface Panel {

    /** What it shows, in a few words. */
    String title();

    /** Below its title. */
    double height(TimeAxis axis);

    void draw(Markup svg, TimeAxis axis, double top);
}
