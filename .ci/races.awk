# Counts the reports of the thread sanitizer in a log, apart from accesses that both happen in the body of a
# `Mutex.withLock`: on Linux the tool does not know the standard library's lock, and reports a program of ten lines that
# does nothing else. In debug builds the body's symbol shows what it is: a closure over an `inout sending` value.
function judge() {
    if (!inside) return
    if (stacks >= 2 && locked >= 2) known++
    else { races++; if (shown++ < 3) print report }
    inside = 0
}
/^WARNING: ThreadSanitizer/ { judge(); inside = 1; stacks = locked = 0; current = ""; report = "" }
inside { report = report $0 "\n" }
inside && /^  (Read|Write|Atomic|Previous|Modifying|Swift|Current).*(thread|main)/ { stacks++; current = stacks; seen[current] = 0 }
inside && /^  (Location|As if|Thread|Heap)/ { current = "" }
inside && current != "" && /YuYTXEfU/ && !seen[current] { seen[current] = 1; locked++ }
/^SUMMARY: ThreadSanitizer/ { judge() }
END { judge(); printf "%d races, %d reports of accesses under a Mutex\n", races, known; exit races > 0 }
